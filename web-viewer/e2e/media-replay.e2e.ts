import { showIdSchema } from '@souk/protocol/ids';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../api/api-client.ts';
import { expectCount, expectNoComplaints, expectPicture, expectText } from './expectations.ts';
import { goOnAir } from './host-actions.ts';
import { keepEvidence } from './keep-evidence.ts';
import { PATIENCE_MS } from './patience.ts';
import { invite, logIn, type Person } from './people.ts';
import { useSmallCamera } from './small-camera.ts';
import { apiOf } from './staff-api.ts';
import { say, waitForMessage } from './viewer-actions.ts';
import { createWorld, type World } from './world.ts';

/** What happens before the pin, so that the replay has a time before it. */
const PRELUDE_MS = 6_000;

describe('a show that was recorded', () => {
  let world: World;
  let host: Person;
  let viewer: Person;

  beforeAll(async () => {
    world = await createWorld();
    host = await invite(world.browser, world.house.origin, 'desktop');
    viewer = await invite(world.browser, world.house.origin, 'phone');
    await useSmallCamera(host);
    await logIn(host, 'host@souk.local');
  });
  afterAll(async () => {
    await world?.close();
  });
  afterEach((context) => keepEvidence(context, { host, viewer }));

  it('leads from its end to its replay', async () => {
    const showId = await goOnAir(host.page, 'A show to see again', 2);
    await viewer.page.goto(`/watch/${showId}`);
    await expectPicture(viewer.page);
    const crew = await apiOf(world.house.origin, 'host@souk.local');
    await recordedFor(crew, showId, PRELUDE_MS);
    await say(viewer.page, 'I will watch this again');
    await waitForMessage(host.page, 'I will watch this again');
    await host.page.getByTestId('pin-product').first().click();
    await viewer.page.getByTestId('pinned-product').waitFor();
    await recordedFor(crew, showId, 2 * PRELUDE_MS);
    await host.page.getByTestId('end-show').click();
    await viewer.page.getByTestId('show-ended').waitFor();
    await viewer.page.getByTestId('watch-replay').click();
    await viewer.page.getByTestId('replay-video').waitFor();
  });

  it('plays from its start, with pins and chat at their moments', async () => {
    const { page } = viewer;
    await expect.poll(() => placeOf(page), { timeout: PATIENCE_MS }).toBeGreaterThan(0.5);
    await expectCount(page.getByTestId('scrubber-mark'), 1);
    await seek(page, 0);
    await expectCount(page.getByTestId('replay-product'), 0);
    await expectCount(page.getByTestId('chat-message'), 0);
    await seek(page, await markPlace(page, 1));
    await page.getByTestId('replay-product').waitFor();
    await expectText(page.getByTestId('chat-message').first(), 'I will watch this again');
    await seek(page, await markPlace(page, -3));
    await expectCount(page.getByTestId('replay-product'), 0);
  });

  it('plays to its end', async () => {
    const { page } = viewer;
    const length = await page.evaluate(
      () => document.querySelector<HTMLVideoElement>('[data-testid="replay-video"]')?.duration ?? 0,
    );
    expect(length).toBeGreaterThan((2 * PRELUDE_MS) / 1_000);
    await seek(page, length - 2);
    await page.getByTestId('replay-video').evaluate((video: HTMLVideoElement) => video.play());
    await expect
      .poll(() => page.getByTestId('replay-video').evaluate((video: HTMLVideoElement) => video.ended), {
        timeout: PATIENCE_MS,
      })
      .toBe(true);
  });

  it('plays on in the other layout when the device is turned, and stays paused when it was', async () => {
    const { page } = viewer;
    const upright = page.viewportSize() ?? { width: 390, height: 844 };
    const video = page.getByTestId('replay-video');
    await seek(page, 1);
    await video.evaluate((element: HTMLVideoElement) => element.play());
    await expect.poll(() => placeOf(page), { timeout: PATIENCE_MS }).toBeGreaterThan(1.2);
    await page.setViewportSize({ width: 1_180, height: 820 });
    await page.getByTestId('chapter').first().waitFor();
    const turnedAt = await placeOf(page);
    expect(turnedAt).toBeGreaterThan(1);
    await expect.poll(() => placeOf(page), { timeout: PATIENCE_MS }).toBeGreaterThan(turnedAt + 0.3);
    await seek(page, 2);
    await page.setViewportSize(upright);
    await expectCount(page.getByTestId('chapter'), 0);
    expect(
      await video.evaluate((element: HTMLVideoElement) => [element.paused, element.currentTime]),
    ).toEqual([true, 2]);
  });

  it('is what a link to the ended show opens, also on a wide screen', async () => {
    await host.page.goto(new URL(viewer.page.url()).pathname.replace('/replay', ''));
    await host.page.waitForURL('**/replay');
    await host.page.getByTestId('chapter').first().click();
    await host.page.getByTestId('replay-product').waitFor();
  });

  it('has given no page a reason to complain', () => expectNoComplaints([host, viewer]));
});

/** Waits until the recording has become that long, as the studio tells. */
async function recordedFor(crew: Api, showId: string, durationMs: number): Promise<void> {
  const params = { showId: showIdSchema.parse(showId) };
  await expect
    .poll(async () => (await crew.call('recording:get', { params })).recording?.durationMs ?? 0, {
      timeout: PATIENCE_MS,
      interval: 500,
    })
    .toBeGreaterThan(durationMs);
}

function placeOf(page: Page): Promise<number> {
  return page.getByTestId('replay-video').evaluate((video: HTMLVideoElement) => video.currentTime);
}

function seek(page: Page, seconds: number): Promise<void> {
  return page.getByTestId('replay-video').evaluate((video: HTMLVideoElement, at) => {
    video.pause();
    video.currentTime = at;
  }, seconds);
}

/** The place of the first mark of the scrubber, and some seconds from it. */
function markPlace(page: Page, offsetSeconds: number): Promise<number> {
  return page.evaluate((offset) => {
    const video = document.querySelector<HTMLVideoElement>('[data-testid="replay-video"]');
    const mark = document.querySelector<HTMLElement>('[data-testid="scrubber-mark"]');
    return ((video?.duration ?? 0) * Number.parseFloat(mark?.style.left ?? '0')) / 100 + offset;
  }, offsetSeconds);
}
