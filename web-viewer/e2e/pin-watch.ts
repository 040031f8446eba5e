import type { Page } from 'playwright-core';

/** When a pin came on the page, and which picture was on screen then. Unix milliseconds; page and host share a clock here. */
export interface PinSeen {
  readonly seenAt: number;
  readonly capturedAt: number;
}

/** Lets the page's pictures wait this long before they are shown. */
export async function delayPicture(page: Page, ms: number): Promise<void> {
  await page.evaluate((target) => {
    for (const connection of window.soukTestConnections ?? []) {
      for (const receiver of connection.getReceivers()) receiver.jitterBufferTarget = target;
    }
  }, ms);
}

/** How far the picture on screen is behind what is captured now, milliseconds. */
export async function pictureDelay(page: Page): Promise<number> {
  const { seenAt, capturedAt } = await page.evaluate(watchFrames, null);
  return seenAt - capturedAt;
}

/** Waits until a product is pinned on the page. */
export function nextPin(page: Page, productId: string): Promise<PinSeen> {
  return page.evaluate(watchFrames, `[data-testid="pinned-product"][data-product-id="${productId}"]`);
}

/** Runs in the page: the frame that is on screen once the element is there; for null, the next frame. */
function watchFrames(selector: string | null): Promise<PinSeen> {
  const video = document.querySelector<HTMLVideoElement>('[data-testid="player"]');
  const track = (video?.srcObject as MediaStream | null)?.getVideoTracks()[0];
  const receiver = (window.soukTestConnections ?? [])
    .flatMap((connection) => connection.getReceivers())
    .find((one) => one.track.id === track?.id);
  return new Promise((resolve, reject) => {
    if (video === null || receiver === undefined) return reject(new Error('no picture comes by WebRTC'));
    const look = (): void => {
      video.requestVideoFrameCallback((_now, { rtpTimestamp = 0 }) => {
        const source = receiver.getSynchronizationSources()[0] as
          | { rtpTimestamp: number; captureTimestamp?: number }
          | undefined;
        if (source?.captureTimestamp === undefined) return look();
        const behind = ((source.rtpTimestamp - rtpTimestamp) | 0) / 90;
        const capturedAt = source.captureTimestamp - 2_208_988_800_000 - behind;
        if (selector === null || document.querySelector(selector) !== null) {
          resolve({ seenAt: Date.now(), capturedAt });
        } else look();
      });
    };
    look();
  });
}
