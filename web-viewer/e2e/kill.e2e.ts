import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectCount, expectNoComplaints, expectPicture } from './expectations.ts';
import { goOnAir } from './host-actions.ts';
import { keepEvidence } from './keep-evidence.ts';
import { PATIENCE_MS } from './patience.ts';
import { invite, logIn, type Person } from './people.ts';
import { say, waitForMessage } from './viewer-actions.ts';
import { createWorld, type World } from './world.ts';

const services = ['signaling', 'commerce', 'workers', 'edge', 'media-server'] as const;

declare global {
  interface Window {
    soukTestNeverReloaded?: boolean;
  }
}

describe('a show during which processes are killed', () => {
  let world: World;
  let host: Person;
  let viewer: Person;

  beforeAll(async () => {
    world = await createWorld();
    const { browser, house } = world;
    host = await invite(browser, house.origin, 'desktop');
    viewer = await invite(browser, house.origin, 'desktop');
  });

  afterAll(async () => {
    await world?.close();
  });

  afterEach((context) => keepEvidence(context, { host, viewer }));

  it('is on air and watched', async () => {
    await logIn(host, 'host@souk.local');
    const showId = await goOnAir(host.page, 'An evening with faults');
    await viewer.page.goto(`/watch/${showId}`);
    await expectPicture(viewer.page);
    for (const { page } of [host, viewer]) {
      await page.evaluate(() => {
        window.soukTestNeverReloaded = true;
      });
    }
  });

  it.each(services)('goes on after the %s was killed', async (service) => {
    const { house } = world;
    const pid = house.findPid(service);
    if (pid === undefined) throw new Error(`${service} does not run`);
    process.kill(pid, 'SIGKILL');
    await expect
      .poll(() => house.findPid(service), { timeout: PATIENCE_MS, interval: 100 })
      .not.toSatisfy((next: number | undefined) => next === undefined || next === pid);

    await expectPicture(viewer.page);
    const greeting = `Still here after the ${service}`;
    await sayUntilHeard(viewer, greeting);
    await waitForMessage(host.page, greeting);
    await pinUntilSeen(host, viewer);
    for (const { page } of [host, viewer]) {
      expect(await page.evaluate(() => window.soukTestNeverReloaded)).toBe(true);
    }
  });

  it('ends when its staff stops it from the console', async () => {
    const showId = new URL(host.page.url()).pathname.split('/').at(-1);
    await host.page.goto(`/moderate/${showId}`);
    await host.page.getByTestId('stop-show').click();
    await host.page.getByRole('button', { name: 'End now' }).click();
    await viewer.page.getByTestId('show-ended').waitFor();
  });

  it('has given no page a reason to complain', () => expectNoComplaints([host, viewer]));
});

/** What a person does: says it again when it was not taken. */
async function sayUntilHeard({ page }: Person, text: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const heard = await page.getByTestId('chat-message').filter({ hasText: text }).count();
        if (heard === 0) await say(page, text);
        return heard;
      },
      { timeout: 2 * PATIENCE_MS, interval: 1_000 },
    )
    .toBeGreaterThan(0);
}

async function pinUntilSeen(host: Person, viewer: Person): Promise<void> {
  const pinned = viewer.page.getByTestId('pinned-product');
  await expect
    .poll(
      async () => {
        await host.page.getByTestId('pin-product').first().click();
        return pinned.count();
      },
      { timeout: 2 * PATIENCE_MS, interval: 1_000 },
    )
    .toBeGreaterThan(0);
  await host.page.getByTestId('unpin-product').click();
  await expectCount(pinned, 0);
}
