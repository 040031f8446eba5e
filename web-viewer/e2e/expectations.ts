import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type MediaFigures, readMedia } from './media-probe.ts';
import { PATIENCE_MS } from './patience.ts';
import type { Person } from './people.ts';

const soon = { timeout: PATIENCE_MS, interval: 200 };

/** Passes once the text of the element matches. */
export async function expectText(locator: Locator, text: string | RegExp): Promise<void> {
  await expect.poll(async () => (await locator.textContent()) ?? '', soon).toMatch(text);
}

/** Passes once there are that many. */
export async function expectCount(locator: Locator, count: number): Promise<void> {
  await expect.poll(() => locator.count(), soon).toBe(count);
}

/** Passes once a function gives that value. */
export async function expectSoon<Value>(look: () => Promise<Value>, wanted: Value): Promise<void> {
  await expect.poll(look, soon).toEqual(wanted);
}

/** Passes once pictures are decoded that were not there before the call. */
export async function expectPicture(page: Page): Promise<void> {
  await expectGrowth(page, 'framesDecoded', 5);
}

/** Passes once sound is heard that was not there before the call. The player must not be muted. */
export async function expectSound(page: Page): Promise<void> {
  await expectGrowth(page, 'totalAudioEnergy', 0);
}

/** Passes once the host's page has sent pictures that were not there before the call. */
export async function expectSending(page: Page): Promise<void> {
  await expectGrowth(page, 'framesSent', 5);
}

async function expectGrowth(page: Page, figure: keyof MediaFigures, byMore: number): Promise<void> {
  let lowest = Number.POSITIVE_INFINITY;
  await expect
    .poll(async () => {
      const value = (await readMedia(page))[figure];
      // A connection made anew counts from zero again.
      lowest = Math.min(lowest, value);
      return value - lowest;
    }, soon)
    .toBeGreaterThan(byMore);
}

/** Passes when none of the pages has met an error or has been refused anything by its security policy. */
export function expectNoComplaints(people: readonly Person[]): void {
  expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
}

/** Waits until what comes in has come to rest; what turns for ever is left alone. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
