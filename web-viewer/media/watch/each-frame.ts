/** Calls back with each frame that an element shows, until stopped. Never where the browser does not tell. */
export function eachFrame(
  video: HTMLVideoElement,
  onFrame: (frame: VideoFrameCallbackMetadata) => void,
): () => void {
  if (video.requestVideoFrameCallback === undefined) return () => undefined;
  let handle = 0;
  const next = (): void => {
    handle = video.requestVideoFrameCallback((_now, frame) => {
      next();
      onFrame(frame);
    });
  };
  next();
  return () => video.cancelVideoFrameCallback(handle);
}
