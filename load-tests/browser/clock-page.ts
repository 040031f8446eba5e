import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { z } from 'zod';

/** A frame that a page has shown: when, and when it was painted at its source; Unix milliseconds of this machine. */
export interface ClockSample {
  readonly at: number;
  readonly paintedAt: number;
  /** How long ago the sound was made that was taken from its buffer at that moment, where it tells; milliseconds. */
  readonly soundAgeMs?: number | undefined;
}

export interface Film {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly withSound: boolean;
}

const samplesSchema = z.array(
  z.object({ at: z.number(), paintedAt: z.number(), soundAgeMs: z.number().optional() }),
);
const clockScript = fileURLToPath(new URL('../in-page/clock-picture.js', import.meta.url));
const PATIENCE_MS = 60_000;

/** A browser of its own for one person, whose pages can film and read the clock. */
export async function openContext(
  browser: Browser,
  options: { readonly origin: string; readonly width: number; readonly height: number },
): Promise<BrowserContext> {
  const { origin, ...viewport } = options;
  const context = await browser.newContext({
    viewport,
    baseURL: origin,
    locale: 'en',
    permissions: ['camera', 'microphone'],
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript({ path: clockScript });
  return context;
}

/** Lets the pages of the context film the clock where they ask for a camera. */
export async function useClockAsCamera(context: BrowserContext, film: Film): Promise<void> {
  await context.addInitScript(
    `navigator.mediaDevices.getUserMedia = async () => soukClock.film(${JSON.stringify(film)});`,
  );
}

/** Takes WebRTC away from the pages of the context, as some networks do. */
export async function blockWebRtc(context: BrowserContext): Promise<void> {
  await context.addInitScript('delete window.RTCPeerConnection;');
}

/** Resolves once the page's player shows a picture. Rejects when it shows none. */
export async function untilPicture(page: Page): Promise<void> {
  await inTime(page.evaluate('soukClock.whenPlaying().then(() => undefined)'));
}

/** Begins to read the clock from the page's player, once it shows a picture. Rejects when it shows none. */
export async function watchPlayer(page: Page): Promise<void> {
  await inTime(
    page.evaluate(
      'soukClock.whenPlaying().then(({ video }) => { window.soukSamples = soukClock.watch(video); })',
    ),
  );
}

/** Rejects when the page takes longer than people wait. */
export async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  const patience = new AbortController();
  const late = pause(PATIENCE_MS, undefined, { signal: patience.signal }).then((): never => {
    throw new Error(`no picture within ${PATIENCE_MS} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    patience.abort();
    // Nobody waits for the pause any more: that it was broken off is no news.
    late.catch(() => undefined);
  }
}

/** Calls itself in a blank page; see `in-page/clock-picture.js`. */
export async function callMyself(page: Page, film: Film & { readonly mimeType: string }): Promise<void> {
  await page.evaluate(
    `soukClock.callMyself(${JSON.stringify(film)}).then((samples) => { window.soukSamples = samples; })`,
  );
}

/** What has been read so far. */
export async function readSamples(page: Page): Promise<ClockSample[]> {
  return samplesSchema.parse(await page.evaluate('window.soukSamples'));
}

/** How long sound takes on this page from its buffer to the loudspeaker, milliseconds. */
export async function readPlayoutDelay(page: Page): Promise<number> {
  return z.number().parse(await page.evaluate('soukClock.readPlayoutDelay()'));
}
