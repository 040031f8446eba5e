import type { ShowId } from '@souk/protocol/ids';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../api/api-client.ts';
import { openClientPage } from './bundle-clients.ts';
import { expectPicture, expectSending, expectSound } from './expectations.ts';
import { keepEvidence } from './keep-evidence.ts';
import { openShop } from './open-shop.ts';
import { PATIENCE_MS } from './patience.ts';
import { invite, type Person } from './people.ts';
import { createWorld, type World } from './world.ts';

describe('a show that an encoder sends', () => {
  let world: World;
  let encoder: Person;
  let player: Person;
  let viewer: Person;
  let host: Api;
  let showId: ShowId;
  let secret: string;

  beforeAll(async () => {
    world = await createWorld();
    const { browser, house } = world;
    encoder = await invite(browser, house.origin, 'desktop');
    player = await invite(browser, house.origin, 'desktop');
    viewer = await invite(browser, house.origin, 'desktop');
    ({ host, showId } = await openShop(house.origin, 'Sent by an encoder'));
  });
  afterAll(async () => {
    await world?.close();
  });
  afterEach((context) => keepEvidence(context, { encoder, player, viewer }));

  const publish = async (): Promise<string> => {
    const endpoint = new URL('/whip', world.house.origin).href;
    return encoder.page.evaluate(
      async ([address, key]) => (await window.soukTestPublish?.(address, key)) ?? '',
      [endpoint, secret] as const,
    );
  };
  const hasStream = async (): Promise<string> => {
    const { entries } = await host.call('timeline:read', { params: { showId }, query: {} });
    return entries.filter(({ type }) => type.startsWith('stream:')).at(-1)?.type ?? 'none';
  };

  it('is published by an independent WHIP client, with the stream key of the studio', async () => {
    ({ secret } = await host.call('stream-key:rotate', { params: { showId } }));
    await openClientPage(encoder.page, world.house.origin);
    expect(await publish()).toMatch(/\/whip\/mss_/);
    await expectSending(encoder.page);
  });

  it('is seen on the page', async () => {
    await viewer.page.goto(`/watch/${showId}`);
    await expectPicture(viewer.page);
  });

  it('is seen and heard in an independent WHEP player', async () => {
    const guest = await host.call('show:get', { params: { showId } });
    await openClientPage(player.page, world.house.origin);
    await player.page.evaluate(([address, token]) => window.soukTestPlay?.(address, token), [
      new URL(`/whep/${showId}`, world.house.origin).href,
      guest.media?.token ?? '',
    ] as const);
    await expectPicture(player.page);
    await expectSound(player.page);
    await player.page.evaluate(() => window.soukTestUnplay?.());
  });

  it('is cut off when its stream key is revoked', async () => {
    await host.call('stream-key:revoke', { params: { showId } });
    await expect.poll(hasStream, { timeout: PATIENCE_MS }).toBe('stream:stopped');
    await encoder.page.reload();
    const refused = encoder.page.waitForResponse(
      (response) => response.url().endsWith('/whip') && response.request().method() === 'POST',
    );
    void publish().catch(() => undefined);
    expect((await refused).status()).toBe(401);
  });
});
