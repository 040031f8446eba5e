import type { Person } from './people.ts';

/**
 * Gives a person a camera of 640 by 360, which is sent in one layer: a busy machine drops the largest of three layers
 * now and then, and what takes the picture as it is, HLS and the recording, then begins anew each time.
 */
export async function useSmallCamera({ context }: Person): Promise<void> {
  await context.addInitScript(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = (constraints) =>
      ask({ ...constraints, ...(constraints?.video ? { video: { width: 640, height: 360 } } : {}) });
  });
}
