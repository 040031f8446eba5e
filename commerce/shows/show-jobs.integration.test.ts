import { createId, type ShowId } from '@souk/protocol/ids';
import { BEGINNING, createEntry } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { timelineKeys } from '@souk/timeline/keys';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inTransaction } from '../db/database.ts';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';
import { createTestShop, TEST_PASSWORD, type TestShop } from '../testing/test-shop.ts';
import { createArchiveShow } from './archive-show.ts';
import { createEndShowWithoutHost } from './end-show-without-host.ts';
import { createRestoreTimelines } from './restore-timelines.ts';

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

const goLive = async (): Promise<ShowId> => {
  const body = { merchantId: shop.merchantId, title: 'On air', productIds: [...shop.productIds] };
  const { id: showId } = (await host.get('show:create', { body })).show;
  await host.get('show:go-live', { params: { showId } });
  await commerce.foundation.relay.drain();
  return showId;
};
const append = (showId: ShowId, entry: ReturnType<typeof createEntry>) =>
  commerce.foundation.timeline.append(showId, entry);
const statusOf = async (showId: ShowId) => (await host.get('show:get', { params: { showId } })).show;
const fold = async (showId: ShowId) => {
  await commerce.foundation.relay.drain();
  return foldShow(await commerce.foundation.timeline.read(showId, { after: BEGINNING, limit: 1_000 }));
};

describe('a show whose host is gone', () => {
  const started = (streamId: ReturnType<typeof createId<'stream'>>) =>
    createEntry('stream:started', 1, { streamId, kinds: ['video'] });
  const stopped = (streamId: ReturnType<typeof createId<'stream'>>) =>
    createEntry('stream:stopped', 2, { streamId, reason: 'connection-lost' });
  const end = (gone: Parameters<ReturnType<typeof createEndShowWithoutHost>>[0]) =>
    createEndShowWithoutHost({ ...commerce.foundation, lifecycle: commerce.ground.lifecycle })(gone);

  it('ends, once, when its last stream is the one that stopped', async () => {
    const showId = await goLive();
    const streamId = createId('stream');
    await append(showId, started(streamId));
    await append(showId, stopped(streamId));
    await end({ showId, streamId });
    await end({ showId, streamId });
    expect(await statusOf(showId)).toMatchObject({ status: 'ended', endReason: 'host-gone' });
  });

  it('goes on when the host has come back with another stream', async () => {
    const showId = await goLive();
    const [first, second] = [createId('stream'), createId('stream')];
    for (const entry of [started(first), stopped(first), started(second)]) await append(showId, entry);
    await end({ showId, streamId: first });
    expect((await statusOf(showId)).status).toBe('live');
  });

  it('ends when the host went live and never came', async () => {
    const showId = await goLive();
    await end({ showId, streamId: null });
    expect((await statusOf(showId)).endReason).toBe('host-gone');
  });
});

describe('the archive', () => {
  it('holds the whole timeline, also when it is made twice', async () => {
    const showId = await goLive();
    const { db } = commerce.foundation;
    const archiveShow = createArchiveShow(commerce.foundation);
    await archiveShow(showId);
    await archiveShow(showId);
    const { rows } = await db.pool.query(
      'SELECT type FROM timeline_entries WHERE show_id = $1 ORDER BY entry_id',
      [showId],
    );
    expect(rows.map((row) => row.type)).toEqual(['show:created', 'lineup:changed', 'show:went-live']);
  });
});

describe('a timeline that Redis has lost', () => {
  it('is made again from the database when the service starts', async () => {
    const showId = await goLive();
    const { foundation } = commerce;
    await host.get('pin:set', { params: { showId }, body: { productId: shop.productIds[0] ?? '' } });
    await host.get('show:rename', { params: { showId }, body: { title: 'Another title' } });
    await host.get('moderator:invite', { params: { showId }, body: { email: 'moderator@souk.test' } });
    const before = await fold(showId);
    await foundation.redis.del(timelineKeys.timeline(showId), timelineKeys.epoch(showId));
    await foundation.directory.remove(showId);
    const restore = createRestoreTimelines(foundation);
    await restore.all();
    await restore.all();
    const { lastId: _, ...after } = await fold(showId);
    expect({ ...before, lastId: undefined }).toEqual({ ...after, lastId: undefined });
    expect(await foundation.directory.list()).toContain(showId);
  });

  it('comes back by itself while the service runs, and tells what happens meanwhile once', async () => {
    const showId = await goLive();
    const { foundation } = commerce;
    await foundation.relay.drain();
    const epoch = await foundation.timeline.epoch(showId);
    await foundation.redis.flushdb();
    const productId = shop.productIds[0] ?? '';
    await host.get('pin:set', { params: { showId }, body: { productId } });
    await vi.waitFor(async () => expect((await fold(showId)).pinnedProductId).toBe(productId), {
      timeout: 10_000,
      interval: 50,
    });
    expect(await foundation.timeline.epoch(showId)).not.toBe(epoch);
    const entries = await foundation.timeline.read(showId, { after: BEGINNING, limit: 100 });
    const types = entries.map(({ type }) => type);
    expect(types.slice(0, 3)).toEqual(['show:created', 'lineup:changed', 'show:went-live']);
    expect(types.filter((type) => type === 'show:went-live')).toHaveLength(1);
    expect(await foundation.directory.list()).toContain(showId);
  });

  it('comes back for a late entry of a show that has ended', async () => {
    const showId = await goLive();
    const { foundation } = commerce;
    await host.get('show:end', { params: { showId } });
    await foundation.relay.drain();
    await foundation.redis.del(timelineKeys.timeline(showId), timelineKeys.epoch(showId));
    const entry = createEntry(
      'hold:ended',
      1,
      { holdId: createId('hold'), reason: 'expired' },
      createId('guest'),
    );
    await inTransaction(foundation.db, (tx) =>
      foundation.outbox.publish(tx, { kind: 'timeline', showId, entry }),
    );
    const read = async () =>
      (await foundation.timeline.read(showId, { after: BEGINNING, limit: 100 })).map(({ type }) => type);
    const told = ['show:created', 'lineup:changed', 'show:went-live', 'show:ended', 'hold:ended'];
    await vi.waitFor(async () => expect(await read()).toEqual(told), { timeout: 10_000, interval: 50 });
  });
});
