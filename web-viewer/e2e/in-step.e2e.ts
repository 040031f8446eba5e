import { showIdSchema } from '@souk/protocol/ids';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectNoComplaints, expectPicture } from './expectations.ts';
import { goOnAir } from './host-actions.ts';
import { keepEvidence } from './keep-evidence.ts';
import { PATIENCE_MS } from './patience.ts';
import { invite, logIn, type Person } from './people.ts';
import { delayPicture, nextPin, pictureDelay } from './pin-watch.ts';
import { useSmallCamera } from './small-camera.ts';
import { apiOf } from './staff-api.ts';
import { createWorld, type World } from './world.ts';

const DELAY_MS = 1_000;
/** A busy machine draws few pictures a second: a frame is long here. */
const FEW_FRAMES_MS = 200;

describe('a page whose picture is behind the host', () => {
  let world: World;
  let host: Person;
  let viewer: Person;

  beforeAll(async () => {
    world = await createWorld();
    host = await invite(world.browser, world.house.origin, 'desktop');
    viewer = await invite(world.browser, world.house.origin, 'desktop');
    await useSmallCamera(host);
    await logIn(host, 'host@souk.local');
  });
  afterAll(async () => {
    await world?.close();
  });
  afterEach((context) => keepEvidence(context, { host, viewer }));

  it('shows what the host pins when its own picture has come to that instant, not before', async () => {
    const showId = showIdSchema.parse(await goOnAir(host.page, 'A show with a long way'));
    const hostApi = await apiOf(world.house.origin, 'host@souk.local');
    const { lineup } = await hostApi.call('show:get', { params: { showId } });
    await viewer.page.goto(`/watch/${showId}`);
    await expectPicture(viewer.page);
    await delayPicture(viewer.page, DELAY_MS);
    await expect
      .poll(() => pictureDelay(viewer.page), { timeout: PATIENCE_MS, interval: 200 })
      .toBeGreaterThan(DELAY_MS * 0.7);
    for (const { id: productId } of lineup) {
      const at = Date.now();
      const [seen] = await Promise.all([
        nextPin(viewer.page, productId),
        hostApi.call('pin:set', { params: { showId }, body: { productId, at } }),
      ]);
      expect(seen.seenAt - at).toBeGreaterThan(DELAY_MS * 0.6);
      expect(seen.capturedAt - at).toBeGreaterThan(-FEW_FRAMES_MS);
      expect(seen.capturedAt - at).toBeLessThan(FEW_FRAMES_MS);
    }
    expectNoComplaints([host, viewer]);
  });
});
