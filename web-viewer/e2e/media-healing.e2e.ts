import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectNoComplaints, expectPicture, expectSending } from './expectations.ts';
import { goOnAir } from './host-actions.ts';
import { keepEvidence } from './keep-evidence.ts';
import { findMediaWorkers } from './media-workers.ts';
import { PATIENCE_MS } from './patience.ts';
import { invite, logIn, type Person } from './people.ts';
import { createWorld, type World } from './world.ts';

describe('the picture of a show', () => {
  let world: World;
  let host: Person;
  let viewer: Person;
  /** How often a page was loaded since the picture came. */
  let loads = 0;

  beforeAll(async () => {
    world = await createWorld();
    host = await invite(world.browser, world.house.origin, 'desktop');
    viewer = await invite(world.browser, world.house.origin, 'desktop');
  });
  afterAll(async () => {
    await world?.close();
  });
  afterEach((context) => keepEvidence(context, { host, viewer }));

  it('is on air and watched', async () => {
    await logIn(host, 'host@souk.local');
    const showId = await goOnAir(host.page, 'A show that heals');
    await viewer.page.goto(`/watch/${showId}`);
    await expectPicture(viewer.page);
    for (const { page } of [host, viewer])
      page.on('load', () => {
        loads += 1;
      });
  });

  // How soon it is back is measured where nothing else runs: by the load scenario `worker-loss`.
  it('comes back by new connections after the media workers died, without a reload', async () => {
    const mediaServer = world.house.findPid('media-server');
    if (mediaServer === undefined) throw new Error('the media-server does not run');
    const workers = await findMediaWorkers(mediaServer);
    expect(workers.length).toBeGreaterThan(0);
    const pages = [host.page, viewer.page];
    const before = await Promise.all(pages.map(countConnections));
    for (const pid of workers) process.kill(pid, 'SIGKILL');
    for (const [index, page] of pages.entries()) {
      const look = () => countConnections(page);
      await expect.poll(look, { timeout: PATIENCE_MS }).toBeGreaterThan(before[index] ?? 0);
    }
    await expectSending(host.page);
    await expectPicture(viewer.page);
    expect(loads).toBe(0);
  });

  it('is not sent to a page that wants the sound alone, and comes back at a press', async () => {
    const { page } = viewer;
    await page.getByTestId('quality').click();
    await page.getByRole('menuitemradio', { name: 'Sound only' }).click();
    await page.getByTestId('sound-only').waitFor();
    const packets = () => videoPackets(page);
    await expect
      .poll(
        async () => {
          const before = await packets();
          await page.waitForTimeout(500);
          return (await packets()) - before;
        },
        { timeout: PATIENCE_MS },
      )
      .toBe(0);
    await page.getByTestId('sound-only').getByRole('button').click();
    await expectPicture(page);
  });

  it('plays on over the same connection when a tablet is turned', async () => {
    const { page } = viewer;
    const lying = page.viewportSize() ?? { width: 1_280, height: 800 };
    const before = await countConnections(page);
    for (const [size, layout] of [
      [{ width: 800, height: 1_100 }, 'open-products'],
      [lying, 'quality'],
    ] as const) {
      await page.setViewportSize(size);
      await page.getByTestId(layout).waitFor();
      await expectPicture(page);
      const player = page.getByTestId('player');
      expect(await player.evaluate((element: HTMLVideoElement) => element.paused)).toBe(false);
    }
    expect(await countConnections(page)).toBe(before);
  });

  it('has given no page a reason to complain', () => expectNoComplaints([host, viewer]));
});

/** Connections that the page has opened since it was loaded. */
function countConnections(page: Person['page']): Promise<number> {
  return page.evaluate(() => window.soukTestConnections?.length ?? 0);
}

/** Packets of the picture that came so far over the connection that is open. */
function videoPackets(page: Person['page']): Promise<number> {
  return page.evaluate(async () => {
    let packets = 0;
    for (const connection of window.soukTestConnections ?? []) {
      if (connection.connectionState !== 'connected') continue;
      for (const stats of (await connection.getStats()).values()) {
        if (stats.type === 'inbound-rtp' && stats.frameHeight !== undefined)
          packets += stats.packetsReceived ?? 0;
      }
    }
    return packets;
  });
}
