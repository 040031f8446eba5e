import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FrameWatch, SELDOM_MS, watchFrames } from './frame-watch.ts';

const FRAME_MS = 40;

/** As much of an element as the watch needs, with a frame each 40 ms. */
function createScreen() {
  const asked = new Map<number, VideoFrameRequestCallback>();
  let handles = 0;
  const video = {
    requestVideoFrameCallback: (callback: VideoFrameRequestCallback) => {
      handles += 1;
      asked.set(handles, callback);
      return handles;
    },
    cancelVideoFrameCallback: (handle: number) => asked.delete(handle),
  };
  const play = (forMs: number): void => {
    for (let ms = 0; ms < forMs; ms += FRAME_MS) {
      vi.advanceTimersByTime(FRAME_MS);
      const callbacks = [...asked.values()];
      asked.clear();
      for (const callback of callbacks) callback(0, {} as VideoFrameCallbackMetadata);
    }
  };
  return { video: video as unknown as HTMLVideoElement, play, asked };
}

describe('looking at the frames of a video', () => {
  let screen: ReturnType<typeof createScreen>;
  let seen: number;
  let watch: FrameWatch;

  beforeEach(() => {
    vi.useFakeTimers();
    screen = createScreen();
    seen = 0;
    watch = watchFrames(screen.video, () => {
      seen += 1;
    });
  });
  afterEach(() => vi.useRealTimers());

  it('is seldom while nobody wants to know more', () => {
    screen.play(2 * SELDOM_MS);
    expect(seen).toBe(2);
  });

  it('is at each frame, from the very next, while somebody does', () => {
    screen.play(3 * FRAME_MS);
    const before = seen;
    watch.watchClosely(true);
    screen.play(5 * FRAME_MS);
    expect(seen - before).toBe(5);
    watch.watchClosely(false);
    screen.play(SELDOM_MS);
    expect(seen - before).toBeLessThanOrEqual(7);
  });

  it('ends with nothing left behind', () => {
    watch.watchClosely(true);
    screen.play(2 * FRAME_MS);
    watch.stop();
    expect(screen.asked.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not possible where the browser does not tell', () => {
    const silent = watchFrames({} as HTMLVideoElement, () => undefined);
    silent.watchClosely(true);
    silent.stop();
    expect(screen.asked.size).toBe(1);
  });
});
