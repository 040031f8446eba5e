/** What a `datetime-local` field shows for an instant, in the reader's own zone. Empty for none. */
export function localTimeText(at: number | null): string {
  if (at === null) return '';
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The instant that a `datetime-local` field means, in Unix milliseconds; null when empty, NaN when it is none. */
export function readLocalTime(text: string): number | null {
  if (text === '') return null;
  return /^\d{4,}-\d\d-\d\dT\d\d:\d\d/.test(text) ? new Date(text).getTime() : Number.NaN;
}
