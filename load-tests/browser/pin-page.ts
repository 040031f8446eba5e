import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { z } from 'zod';
import { blockWebRtc } from './clock-page.ts';

/** A pin as it came on a page; Unix milliseconds of this machine. */
export interface PinSighting {
  readonly productId: string;
  readonly seenAt: number;
  /** The instant that the picture showed at that moment; null where it could not be read. */
  readonly paintedAt: number | null;
}

/** What is done to a page before its own code runs. */
export interface PageWish {
  /** Pictures by WebRTC wait so long before they are shown. */
  readonly pictureDelayMs?: number;
  /** The page is not told of its frames, so that it cannot keep anything in step with them. */
  readonly withoutFrames?: boolean;
  readonly withoutWebRtc?: boolean;
  /** The page's clock goes wrong by so much. */
  readonly clockErrorMs?: number;
  /** Whoever is asked for a camera does not answer. */
  readonly withoutCamera?: boolean;
}

const sightingsSchema = z.array(
  z.object({ productId: z.string(), seenAt: z.number(), paintedAt: z.number().nullable() }),
);
const pinScript = fileURLToPath(new URL('../in-page/pin-watch.js', import.meta.url));

/** Prepares the pages of a context that has the clock's script. */
export async function preparePinPages(context: BrowserContext, wish: PageWish): Promise<void> {
  await context.addInitScript({ path: pinScript });
  if (wish.withoutWebRtc === true) await blockWebRtc(context);
  if (wish.pictureDelayMs !== undefined)
    await context.addInitScript(`soukPins.delayPictures(${wish.pictureDelayMs});`);
  if (wish.withoutFrames === true) await context.addInitScript('soukPins.hideFrames();');
  if (wish.clockErrorMs !== undefined)
    await context.addInitScript(`soukPins.setClockWrong(${wish.clockErrorMs});`);
  if (wish.withoutCamera === true)
    await context.addInitScript('navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined);');
}

/** Begins to note the pins that come on the page. */
export async function watchPins(page: Page): Promise<void> {
  await page.evaluate('window.soukSightings = soukPins.watch(); undefined');
}

/** What has been noted so far. */
export async function readPins(page: Page): Promise<PinSighting[]> {
  return sightingsSchema.parse(await page.evaluate('window.soukSightings'));
}

/** Presses the studio's button for a product. Answers when, Unix milliseconds by the true clock of this machine. */
export async function pressPin(page: Page, productId: string): Promise<number> {
  return z.number().parse(await page.evaluate(`soukPins.press(${JSON.stringify(productId)})`));
}
