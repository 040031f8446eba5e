export interface FrameWatch {
  /** Each frame from now on, beginning with the next; or one now and then again. */
  watchClosely(isClose: boolean): void;
  stop(): void;
}

/** How often a frame is looked at when nothing waits for one: a callback wakes the page, also when it does nothing. */
export const SELDOM_MS = 100;

/** Calls back with frames that an element shows, now and then at first. Never where the browser does not tell. */
export function watchFrames(
  video: HTMLVideoElement,
  onFrame: (frame: VideoFrameCallbackMetadata) => void,
): FrameWatch {
  if (video.requestVideoFrameCallback === undefined) {
    return { watchClosely: () => undefined, stop: () => undefined };
  }
  let isClose = false;
  let handle = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = (): void => {
    handle = video.requestVideoFrameCallback((_now, frame) => {
      if (isClose) ask();
      else timer = setTimeout(ask, SELDOM_MS);
      onFrame(frame);
    });
  };
  const stop = (): void => {
    clearTimeout(timer);
    video.cancelVideoFrameCallback(handle);
  };
  ask();
  return {
    watchClosely: (next) => {
      if (next === isClose) return;
      isClose = next;
      if (!isClose) return;
      stop();
      ask();
    },
    stop,
  };
}
