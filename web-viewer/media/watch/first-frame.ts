/** Resolves when an element shows its next picture; at once where there is no element or the browser does not tell. */
export function whenFirstFrame(video: HTMLVideoElement | null): Promise<void> {
  return new Promise((resolve) => {
    if (video === null || video.requestVideoFrameCallback === undefined) return resolve();
    video.requestVideoFrameCallback(() => resolve());
  });
}
