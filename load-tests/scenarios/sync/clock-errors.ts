import { setTimeout as pause } from 'node:timers/promises';
import type { Page, Request } from 'playwright-core';
import { z } from 'zod';
import { preparePinPages, pressPin } from '../../browser/pin-page.ts';
import { logInAsHost, type ShowOnAir } from '../../browser/show-on-air.ts';
import { pairInOrder } from './pair-in-order.ts';
import type { PinInstant, Pins } from './pins.ts';

/** A page whose clock is the server's would be right without measuring anything. */
const WRONG_BY_MS = 41_250;
/** The page measures its offset four times, a second apart. */
const SETTLE_MS = 6_000;
const EVERY_MS = 250;

const pinBodySchema = z.object({ productId: z.string(), at: z.number() });

/**
 * How wrong a page's idea of the server's clock is, milliseconds, for each of `presses`: a second page of the studio, on
 * a computer whose clock is wrong, tells the server when a button was pressed.
 */
export async function measureClockErrors(show: ShowOnAir, pins: Pins, presses: number): Promise<number[]> {
  const page = await show.openViewer((context) =>
    preparePinPages(context, { clockErrorMs: WRONG_BY_MS, withoutCamera: true }),
  );
  try {
    await logInAsHost(page);
    await page.goto(`/studio/${show.showId}`);
    await page.getByTestId('pin-product').first().waitFor();
    await pause(SETTLE_MS);
    const told = noteTold(page);
    const pressed: PinInstant[] = [];
    for (let turn = 0; turn < presses; turn += 1) {
      const productId = pins.productIds[turn % pins.productIds.length] ?? '';
      pressed.push({ productId, at: await pressPin(page, productId) });
      await pause(EVERY_MS);
    }
    return pairInOrder(pressed, told).map(([press, { at }]) => at - press.at);
  } finally {
    await page.context().close();
  }
}

/** The instants that the page tells the server, as it sends them; grows. */
function noteTold(page: Page): readonly PinInstant[] {
  const told: PinInstant[] = [];
  page.on('request', (request) => {
    if (isPin(request)) told.push(pinBodySchema.parse(request.postDataJSON()));
  });
  return told;
}

function isPin(request: Request): boolean {
  return request.method() === 'PUT' && new URL(request.url()).pathname.endsWith('/pin');
}
