/** Hands a text to the person as a file. */
export function downloadText(fileName: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has begun to read it by the next turn, however large it is.
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
