import type { ShowId } from '@souk/protocol/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';
import { createTestShop, TEST_PASSWORD, type TestShop } from '../testing/test-shop.ts';

/** More than a page may be old. */
const LATER_MS = 500;

let commerce: TestCommerce;
let shop: TestShop;
let host: TestClient;
let viewer: TestClient;
/** Stands still, so that nothing is forgotten by itself. */
let now = Date.now();

beforeAll(async () => {
  commerce = await startTestCommerce({ clock: { now: () => now } });
  shop = await createTestShop(commerce.foundation);
  [host, viewer] = [createTestClient(commerce.http), createTestClient(commerce.http)];
  await host.login('host@souk.test', TEST_PASSWORD);
  await viewer.renew();
});
afterAll(() => commerce.stop());

async function createWatched(): Promise<ShowId> {
  const body = { merchantId: shop.merchantId, title: 'Evening show', productIds: [...shop.productIds] };
  const { show } = await host.get('show:create', { body });
  await titleFor(viewer, show.id);
  return show.id;
}

const titleFor = async (client: TestClient, showId: ShowId): Promise<string> =>
  (await client.get('show:get', { params: { showId } })).show.title;

/** As another node changes it, which cannot tell this one. */
const changeElsewhere = (showId: ShowId, title: string) =>
  commerce.foundation.db.pool.query('UPDATE shows SET title = $2 WHERE id = $1', [showId, title]);

describe('the page of a show', () => {
  it('shows at once what was changed by a command', async () => {
    const showId = await createWatched();
    const params = { showId };
    await host.get('show:rename', { params, body: { title: 'Late show' } });
    expect(await titleFor(viewer, showId)).toBe('Late show');
    await host.get('lineup:set', { params, body: { productIds: shop.productIds.slice(0, 1) } });
    expect((await viewer.get('show:get', { params })).lineup).toHaveLength(1);
    await host.get('show:go-live', { params });
    expect((await viewer.get('show:get', { params })).show.status).toBe('live');
    expect((await viewer.get('show:list', { query: {} })).shows.map(({ id }) => id)).toContain(showId);
    await host.get('show:end', { params });
    expect(await viewer.get('show:get', { params })).toMatchObject({
      media: null,
      show: { status: 'ended' },
    });
    expect((await viewer.get('show:list', { query: {} })).shows.map(({ id }) => id)).not.toContain(showId);
  });

  it('is half a second old at most for the audience, when another node has changed it', async () => {
    const showId = await createWatched();
    await changeElsewhere(showId, 'Night show');
    expect(await titleFor(viewer, showId)).toBe('Evening show');
    now += LATER_MS;
    expect(await titleFor(viewer, showId)).toBe('Night show');
  });

  it('is always fresh for those who work on the show, and by them for the audience', async () => {
    const showId = await createWatched();
    await changeElsewhere(showId, 'Night show');
    expect(await titleFor(host, showId)).toBe('Night show');
    expect(await titleFor(viewer, showId)).toBe('Night show');
  });
});
