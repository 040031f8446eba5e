import type { Page } from 'playwright-core';

declare global {
  interface Window {
    soukTestFrames?: number[];
  }
}

/** Begins to note when the page shows pictures, in whichever of its elements. */
export function noteFrames(page: Page): Promise<void> {
  return page.evaluate(() => {
    const frames: number[] = [];
    window.soukTestFrames = frames;
    for (const video of document.querySelectorAll('video')) {
      const onFrame = (): void => {
        frames.push(Date.now());
        video.requestVideoFrameCallback(onFrame);
      };
      video.requestVideoFrameCallback(onFrame);
    }
  });
}

/** Waits for pictures `after` an instant, and tells how long the longest pause around it was, in milliseconds. */
export async function longestPause(page: Page, after: number): Promise<number> {
  const enough = 10;
  await page.waitForFunction(
    ([from, count]) => (window.soukTestFrames ?? []).filter((at) => at > from).length >= count,
    [after + 2_500, enough] as const,
    { polling: 100 },
  );
  const frames = await page.evaluate(() => window.soukTestFrames ?? []);
  const around = frames.filter((at) => at > after - 1_000);
  return Math.max(...around.slice(1).map((at, index) => at - (around[index] ?? at)));
}
