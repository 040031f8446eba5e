import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { untilPicture } from '../../browser/clock-page.ts';
import { type PageWish, preparePinPages, readPins, watchPins } from '../../browser/pin-page.ts';
import { putOnAir, type ShowOnAir } from '../../browser/show-on-air.ts';
import type { Outcome, ScenarioContext } from '../scenario.ts';
import { measureClockErrors } from './clock-errors.ts';
import { pairInOrder } from './pair-in-order.ts';
import { createPins, type Pins } from './pins.ts';
import { type PinSkew, report, type WayName } from './report.ts';
import type { SyncParams } from './sync.ts';

/** Ways to watch; one after the other, so that none takes the processor of another. */
const ways: Readonly<Record<WayName, PageWish>> = {
  webrtc0: { pictureDelayMs: 0 },
  webrtc300: { pictureDelayMs: 300 },
  webrtc1000: { pictureDelayMs: 1_000 },
  hls: { withoutWebRtc: true },
  /** Everything as in the way before it, but that the page does not know where its picture is. */
  control: { pictureDelayMs: 1_000, withoutFrames: true },
};
/** Longer than any picture is behind here. */
const QUIET_MS = 5_000;
const LOOK_EVERY_MS = 200;

/** Pins products and looks which picture a viewer's page shows when the pin comes on it. */
export async function playSync(params: SyncParams, { progress, signal }: ScenarioContext): Promise<Outcome> {
  const show = await putOnAir({ film: { ...params, withSound: true }, progress });
  try {
    const pins = await createPins(show);
    const skews: Partial<Record<WayName, PinSkew[]>> = {};
    for (const name of Object.keys(ways) as WayName[]) {
      signal.throwIfAborted();
      progress.step(name);
      skews[name] = await measure(show, pins, ways[name], params);
    }
    progress.step('a page whose clock is wrong');
    const clockErrorsMs = await measureClockErrors(show, pins, params.clockPresses);
    return report({ ...noSkews, ...skews }, clockErrorsMs, params.pins);
  } finally {
    progress.step('stopping everything');
    await show.stop();
  }
}

const noSkews: Readonly<Record<WayName, PinSkew[]>> = {
  webrtc0: [],
  webrtc300: [],
  webrtc1000: [],
  hls: [],
  control: [],
};

async function measure(
  show: ShowOnAir,
  pins: Pins,
  wish: PageWish,
  { pins: count, everyMs, settleSeconds }: SyncParams,
): Promise<PinSkew[]> {
  const page = await show.openViewer((context) => preparePinPages(context, wish));
  try {
    await page.goto(`/watch/${show.showId}`);
    await untilPicture(page);
    await pause(settleSeconds * 1_000);
    const before = (await pins.read()).length;
    await watchPins(page);
    for (let turn = 0; turn < count; turn += 1) {
      const productId = pins.productIds[(before + turn) % pins.productIds.length];
      if (productId === undefined) throw new Error('the line-up is empty');
      await Promise.all([pins.set(productId), pause(everyMs * (1 + Math.random()))]);
    }
    await untilSeen(page, count);
    const pinned = (await pins.read()).slice(before);
    return pairInOrder(pinned, await readPins(page)).map(([{ at }, { seenAt, paintedAt }]) => ({
      at,
      seenAt,
      paintedAt,
    }));
  } finally {
    await page.context().close();
  }
}

/** Two pins that come at once show only the second: once nothing comes any more, nothing is waited for. */
async function untilSeen(page: Page, count: number): Promise<void> {
  let seen = 0;
  let movedAt = Date.now();
  while (seen < count && Date.now() - movedAt < QUIET_MS) {
    await pause(LOOK_EVERY_MS);
    const { length } = await readPins(page);
    if (length > seen) movedAt = Date.now();
    seen = length;
  }
}
