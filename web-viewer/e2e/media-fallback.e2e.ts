import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectNoComplaints, expectPicture, expectSoon, expectText } from './expectations.ts';
import { goOnAir } from './host-actions.ts';
import { keepEvidence } from './keep-evidence.ts';
import { invite, logIn, type Person } from './people.ts';
import { useSmallCamera } from './small-camera.ts';
import { createWorld, type World } from './world.ts';

declare global {
  interface Window {
    soukTestBlocksMedia?: boolean;
  }
}

describe('a viewer whose network lets no WebRTC through', () => {
  let world: World;
  let host: Person;
  let viewer: Person;

  beforeAll(async () => {
    world = await createWorld();
    host = await invite(world.browser, world.house.origin, 'desktop');
    viewer = await invite(world.browser, world.house.origin, 'desktop');
    await blockMedia(viewer);
    await useSmallCamera(host);
    await logIn(host, 'host@souk.local');
  });
  afterAll(async () => {
    await world?.close();
  });
  afterEach((context) => keepEvidence(context, { host, viewer }));

  const tier = () => viewer.page.getByTestId('player').getAttribute('data-tier');

  it('gets the picture by HLS, by itself, and is told how far behind it is', async () => {
    const showId = await goOnAir(host.page, 'A show through walls', 1);
    await viewer.page.goto(`/watch/${showId}`);
    await expectSoon(tier, 'hls');
    await expectSoon(() => viewer.page.getByTestId('player').getAttribute('data-state'), 'playing');
    await expectPlaying(viewer);
    await expectText(viewer.page.getByTestId('tier'), /\d+ sec behind live/);
  });

  it('comes back to WebRTC by itself once the network carries it', async () => {
    await viewer.page.evaluate(() => {
      window.soukTestBlocksMedia = false;
      window.dispatchEvent(new Event('online'));
    });
    await expectSoon(tier, 'webrtc');
    await expectPicture(viewer.page);
    expect(await viewer.page.getByTestId('tier').count()).toBe(0);
  });

  it('needs no WebRTC at all', async () => {
    const other = await invite(world.browser, world.house.origin, 'phone');
    await other.context.addInitScript(() => {
      Reflect.deleteProperty(window, 'RTCPeerConnection');
    });
    await other.page.goto(new URL(viewer.page.url()).pathname);
    await expectSoon(() => other.page.getByTestId('player').getAttribute('data-tier'), 'hls');
    await expectPlaying(other);
    expectNoComplaints([other]);
  });

  it('has given no page a reason to complain', () => expectNoComplaints([host, viewer]));
});

/** Lets connections of a person's pages find no candidates, as behind a wall, for as long as a flag says so. */
async function blockMedia({ context }: Person): Promise<void> {
  await context.addInitScript(() => {
    const Original = window.RTCPeerConnection;
    window.soukTestBlocksMedia = true;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        const isBlocked = window.soukTestBlocksMedia === true;
        super(isBlocked ? { ...configuration, iceTransportPolicy: 'relay', iceServers: [] } : configuration);
      }
    };
  });
}

/** Passes once the picture has moved on. */
async function expectPlaying({ page }: Person): Promise<void> {
  const place = () =>
    page.evaluate(() => document.querySelector<HTMLVideoElement>('[data-testid="player"]')?.currentTime ?? 0);
  const before = await place();
  await expect.poll(place, { timeout: 60_000, interval: 200 }).toBeGreaterThan(before + 1);
}
