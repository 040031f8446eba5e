import { createId, type ShowId } from '@souk/protocol/ids';
import { BEGINNING, type EntryType } from '@souk/protocol/timeline/entries';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis } from '@souk/runtime/redis';
import { eventually } from '@souk/runtime/testing/eventually';
import { hearPrompts } from '@souk/timeline/prompts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';
import { createTestShop, TEST_PASSWORD, type TestShop } from '../testing/test-shop.ts';

const logger = createLogger({ name: 'shows-test', level: 'silent' });
let commerce: TestCommerce;
let shop: TestShop;
let host: TestClient;

beforeAll(async () => {
  commerce = await startTestCommerce();
  shop = await createTestShop(commerce.foundation);
  host = createTestClient(commerce.http);
  await host.login('host@souk.test', TEST_PASSWORD);
});
afterAll(() => commerce.stop());

const create = async (): Promise<ShowId> => {
  const { merchantId, productIds } = shop;
  const body = { merchantId, title: 'Evening show', productIds: [...productIds] };
  return (await host.get('show:create', { body })).show.id;
};
const typesOf = async (showId: ShowId): Promise<EntryType[]> => {
  await commerce.foundation.relay.drain();
  const entries = await commerce.foundation.timeline.read(showId, { after: BEGINNING, limit: 100 });
  return entries.map((entry) => entry.type);
};

describe('show', () => {
  it('goes from draft to live to ended, and its timeline tells it in order', async () => {
    const showId = await create();
    const params = { showId };
    expect((await host.get('show:go-live', { params })).show.status).toBe('live');
    await host.get('pin:set', { params, body: { productId: shop.productIds[0] ?? '' } });
    await host.get('pin:clear', { params, query: {} });
    const { show } = await host.get('show:end', { params });
    expect(show).toMatchObject({ status: 'ended', endReason: 'ended-by-host' });
    expect(await typesOf(showId)).toEqual([
      'show:created',
      'lineup:changed',
      'show:went-live',
      'product:pinned',
      'product:unpinned',
      'show:ended',
    ]);
  });

  it('is listed while it is live, and stands in the directory of open shows', async () => {
    const showId = await create();
    await host.get('show:go-live', { params: { showId } });
    const { shows } = await createTestClient(commerce.http).get('show:list', { query: {} });
    expect(shows.map((show) => show.id)).toContain(showId);
    await commerce.foundation.relay.drain();
    expect(await commerce.foundation.directory.list()).toContain(showId);
    await host.get('show:end', { params: { showId } });
    await commerce.foundation.relay.drain();
    expect(await commerce.foundation.directory.list()).not.toContain(showId);
  });

  it('stays live when it is put on air again, without a second entry', async () => {
    const showId = await create();
    const params = { showId };
    await host.get('show:go-live', { params });
    await host.get('show:go-live', { params });
    const types = await typesOf(showId);
    expect(types.filter((type) => type === 'show:went-live')).toHaveLength(1);
  });

  it('takes another title, once, which everybody is told of', async () => {
    const showId = await create();
    const params = { showId };
    const { show } = await host.get('show:rename', { params, body: { title: '  Lamps at night ' } });
    await host.get('show:rename', { params, body: { title: 'Lamps at night' } });
    expect(show.title).toBe('Lamps at night');
    expect((await host.get('show:get', { params })).show.title).toBe('Lamps at night');
    expect(await typesOf(showId)).toEqual(['show:created', 'lineup:changed', 'show:renamed']);
  });

  it('keeps its title when a stranger or an empty text comes', async () => {
    const showId = await create();
    const params = { showId };
    const stranger = createTestClient(commerce.http);
    await stranger.renew();
    const refused = await Promise.all([
      stranger.send('show:rename', { params, body: { title: 'Mine' } }),
      host.send('show:rename', { params, body: { title: '   ' } }),
    ]);
    expect(refused.map((answer) => !answer.ok && answer.error.code)).toEqual(['FORBIDDEN', 'INVALID_INPUT']);
    expect((await host.get('show:get', { params })).show.title).toBe('Evening show');
  });

  it('takes no command once it has ended', async () => {
    const showId = await create();
    const params = { showId };
    await host.get('show:end', { params });
    const refused = await Promise.all([
      host.send('show:end', { params }),
      host.send('show:go-live', { params }),
      host.send('show:rename', { params, body: { title: 'Too late' } }),
      host.send('lineup:set', { params, body: { productIds: [] } }),
      host.send('pin:set', { params, body: { productId: shop.productIds[0] ?? '' } }),
    ]);
    expect(refused.map((answer) => !answer.ok && answer.error.code)).toEqual(Array(5).fill('SHOW_ENDED'));
  });

  it('pins and unpins at the instant that the host meant', async () => {
    const showId = await create();
    const params = { showId };
    const at = Date.now() - 1_000;
    await host.get('pin:set', { params, body: { productId: shop.productIds[0] ?? '', at } });
    await host.get('pin:clear', { params, query: { at: at + 500 } });
    await commerce.foundation.relay.drain();
    const entries = await commerce.foundation.timeline.read(showId, { after: BEGINNING, limit: 100 });
    expect(entries.slice(-2).map((entry) => entry.at)).toEqual([at, at + 500]);
  });

  it('has the hubs told at once of what belongs to the picture', async () => {
    const showId = await create();
    const params = { showId };
    const heard: string[] = [];
    const ear = commerce.foundation.redis.duplicate();
    hearPrompts({ redis: ear, logger, onPrompt: (of) => heard.push(of) });
    // What is told before the ear is open is not heard.
    await eventually(async () => {
      await host.get('pin:set', { params, body: { productId: shop.productIds[0] ?? '' } });
      await commerce.foundation.relay.drain();
      expect(heard).toContain(showId);
    });
    const other = await create();
    await host.get('lineup:set', { params: { showId: other }, body: { productIds: [] } });
    await commerce.foundation.relay.drain();
    await eventually(() => expect(heard).toContain(other));
    await closeRedis(ear);
  });

  it('pins only what stands in its line-up', async () => {
    const showId = await create();
    const params = { showId };
    await host.get('lineup:set', { params, body: { productIds: [shop.productIds[0] ?? ''] } });
    const answer = await host.send('pin:set', { params, body: { productId: shop.productIds[1] ?? '' } });
    expect(answer).toMatchObject({ ok: false, error: { code: 'PRODUCT_NOT_IN_LINEUP' } });
  });

  it('unpins a product that leaves the line-up', async () => {
    const showId = await create();
    const params = { showId };
    await host.get('pin:set', { params, body: { productId: shop.productIds[0] ?? '' } });
    await host.get('lineup:set', { params, body: { productIds: [shop.productIds[1] ?? ''] } });
    expect(await typesOf(showId)).toContain('product:unpinned');
  });

  it('gives its host a ticket to publish and a viewer one to watch', async () => {
    const showId = await create();
    const viewer = createTestClient(commerce.http);
    await viewer.renew();
    const [mine, theirs] = await Promise.all([
      host.get('show:get', { params: { showId } }),
      viewer.get('show:get', { params: { showId } }),
    ]);
    expect(mine.media?.can).toBe('publish');
    expect(mine.myRoles).toContain('host');
    expect(theirs.media?.can).toBe('watch');
    expect(theirs.myRoles).toEqual(['guest']);
  });

  it('is not found under an id that nobody has', async () => {
    const answer = await host.send('show:get', { params: { showId: createId('show') } });
    expect(answer).toMatchObject({ ok: false, error: { code: 'SHOW_NOT_FOUND' } });
  });

  it('sums up what happened', async () => {
    const showId = await create();
    await host.get('show:go-live', { params: { showId } });
    const summary = await host.get('show:summary', { params: { showId } });
    expect(summary).toMatchObject({
      viewers: 0,
      orders: 0,
      unitsSold: 0,
      revenue: { amountMinor: 0, currency: 'EUR' },
    });
  });
});
