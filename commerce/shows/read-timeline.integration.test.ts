import { createId, type MessageId, type ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import {
  type Audience,
  compareEntryIds,
  createEntry,
  mayHear,
  type NewEntry,
  parseEntry,
} from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { timelineKeys } from '@souk/timeline/keys';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timelineEntries } from '../db/schema/outbox.ts';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';
import { createTestShop, TEST_PASSWORD, type TestShop } from '../testing/test-shop.ts';
import { createArchiveShow } from './archive-show.ts';
import { createRestoreTimelines } from './restore-timelines.ts';

let commerce: TestCommerce;
let shop: TestShop;
let host: TestClient;
let viewer: TestClient;
let guest: TestClient;

beforeAll(async () => {
  commerce = await startTestCommerce();
  shop = await createTestShop(commerce.foundation);
  [host, viewer, guest] = [0, 1, 2].map(() => createTestClient(commerce.http)) as [
    TestClient,
    TestClient,
    TestClient,
  ];
  await host.login('host@souk.test', TEST_PASSWORD);
  await viewer.login('viewer@souk.test', TEST_PASSWORD);
  await guest.renew();
});
afterAll(() => commerce.stop());

const goLive = async (): Promise<ShowId> => {
  const body = { merchantId: shop.merchantId, title: 'On air', productIds: [...shop.productIds] };
  const { id: showId } = (await host.get('show:create', { body })).show;
  await host.get('show:go-live', { params: { showId } });
  await commerce.foundation.relay.drain();
  return showId;
};
const end = async (showId: ShowId): Promise<void> => {
  await host.get('show:end', { params: { showId } });
  await commerce.foundation.relay.drain();
};
const archive = (showId: ShowId): Promise<void> => {
  const { db, timeline } = commerce.foundation;
  return createArchiveShow({ orm: db.orm, timeline })(showId);
};
const append = (showId: ShowId, entry: NewEntry) => commerce.foundation.timeline.append(showId, entry);
const say = async (showId: ShowId, text: string): Promise<MessageId> => {
  const messageId = createId('message');
  const data = { messageId, userId: shop.people.viewer, name: 'Vi', role: 'viewer', text } as const;
  await append(showId, createEntry('chat:sent', Date.now(), data));
  return messageId;
};
const loseTimeline = (showId: ShowId) =>
  commerce.foundation.redis.del(timelineKeys.timeline(showId), timelineKeys.epoch(showId));

const page = (client: TestClient, showId: ShowId, query: { after?: string; epoch?: string } = {}) =>
  client.get('timeline:read', { params: { showId }, query });
/** As a page reads it: on from the last id, anew when the epoch is another. */
const readAll = async (client: TestClient, showId: ShowId) => {
  let entries: Awaited<ReturnType<typeof page>>['entries'] = [];
  let bookmark: { after?: string; epoch?: string } = {};
  for (;;) {
    const answer = await page(client, showId, bookmark);
    if (bookmark.epoch !== undefined && answer.epoch !== bookmark.epoch) entries = [];
    entries = [...entries, ...answer.entries];
    if (!answer.hasMore) return entries;
    bookmark = { after: entries.at(-1)?.id ?? '0-0', epoch: answer.epoch };
  }
};
const typesOf = (entries: readonly { type: string }[]) => entries.map(({ type }) => type);
const begun = ['show:created', 'lineup:changed', 'show:went-live'];

describe('the timeline of a show on air', () => {
  it('is told from its beginning, and folds into the state of the show', async () => {
    const showId = await goLive();
    await say(showId, 'hello');
    const entries = await readAll(guest, showId);
    expect(typesOf(entries)).toEqual([...begun, 'chat:sent']);
    expect(foldShow(entries.map(parseEntry))).toMatchObject({
      status: 'live',
      facts: { title: 'On air' },
      chat: [{ text: 'hello' }],
    });
  });

  it('goes on after the id that the reader has', async () => {
    const showId = await goLive();
    const first = await page(guest, showId);
    await say(showId, 'later');
    const after = first.entries.at(-1)?.id ?? '';
    const { entries } = await page(guest, showId, { after, epoch: first.epoch });
    expect(typesOf(entries)).toEqual(['chat:sent']);
  });

  it('tells each only what they may hear', async () => {
    const showId = await goLive();
    const [mine, theirs] = [shop.people.viewer, createId('guest')];
    for (const userId of [mine, theirs]) {
      const holdId = createId('hold');
      await append(showId, createEntry('hold:ended', 1, { holdId, reason: 'expired' }, userId));
      await append(showId, createEntry('user:muted', 1, { userId, until: 2, reason: '' }, userId));
    }
    await append(showId, createEntry('stream-key:revoked', 1, { keyId: createId('streamKey') }));
    const heardBy = async (client: TestClient) => typesOf(await readAll(client, showId)).slice(begun.length);
    expect(await heardBy(host)).toEqual(['user:muted', 'user:muted', 'stream-key:revoked']);
    expect(await heardBy(viewer)).toEqual(['hold:ended', 'user:muted']);
    expect(await heardBy(guest)).toEqual([]);
  });

  it('begins anew when Redis had lost it', async () => {
    const showId = await goLive();
    await say(showId, 'is lost');
    const first = await page(guest, showId);
    await loseTimeline(showId);
    expect(await page(guest, showId)).toEqual({ epoch: '', entries: [], hasMore: false });
    await createRestoreTimelines(commerce.foundation).all();
    const after = first.entries.at(-1)?.id ?? '';
    const second = await page(guest, showId, { after, epoch: first.epoch });
    expect(second.epoch).not.toBe(first.epoch);
    expect(typesOf(second.entries)).toEqual(begun);
  });

  it('is unknown of an unknown show', async () => {
    const params = { showId: createId('show') };
    for (const client of [guest, viewer])
      expect(await client.send('timeline:read', { params })).toMatchObject({
        error: { code: 'SHOW_NOT_FOUND' },
      });
  });
});

describe('the timeline of a show that is over', () => {
  it('is the same from the archive, with and without Redis', async () => {
    const showId = await goLive();
    await say(showId, 'hello');
    await end(showId);
    const living = await readAll(viewer, showId);
    await archive(showId);
    expect(await readAll(viewer, showId)).toEqual(living);
    await loseTimeline(showId);
    expect(await readAll(viewer, showId)).toEqual(living);
  });

  it('goes on with what came after the archive was made', async () => {
    const showId = await goLive();
    await end(showId);
    await archive(showId);
    const data = { streamId: createId('stream'), reason: 'show-ended' } as const;
    await append(showId, createEntry('stream:stopped', 1, data));
    expect(typesOf(await readAll(guest, showId))).toEqual([...begun, 'show:ended', 'stream:stopped']);
  });

  it('stays the one that was archived when Redis begins another', async () => {
    const showId = await goLive();
    await say(showId, 'hello');
    await end(showId);
    await archive(showId);
    const archived = await readAll(guest, showId);
    await loseTimeline(showId);
    await commerce.foundation.timeline.begin(showId, [createEntry('show:ended', 1, { reason: 'host-gone' })]);
    expect(await readAll(guest, showId)).toEqual(archived);
    // Nor does it count when it was archived as well.
    await archive(showId);
    expect(await readAll(guest, showId)).toEqual(archived);
  });

  it('is the same for everybody whichever way it is read', async () => {
    const showId = await goLive();
    await end(showId);
    await archive(showId);
    const { epoch } = await page(guest, showId);
    const userId = shop.people.viewer;
    const audiences: Audience[] = ['all', 'staff', `user:${userId}`, `staff+user:${userId}`];
    audiences.push(
      `user:${shop.people.host}`,
      `staff+user:${createId('guest')}`,
      `user:${createId('guest')}`,
    );
    const late = audiences.map((audience, index) => ({ audience, entryId: `9999999999999-${index}` }));
    const rest = { showId, epoch, at: 1, type: 'from:tomorrow', data: {} };
    await commerce.foundation.db.orm.insert(timelineEntries).values(late.map((row) => ({ ...rest, ...row })));
    for (const [client, onlooker] of [
      [host, { userId: shop.people.host, isStaff: true }],
      [viewer, { userId, isStaff: false }],
      [guest, { userId: createId('guest'), isStaff: false }],
    ] as const) {
      const heard = (await readAll(client, showId)).filter(({ type }) => type === rest.type);
      expect(heard.map(({ audience }) => audience)).toEqual(
        audiences.filter((one) => mayHear(one, onlooker)),
      );
    }
  });

  it('comes in pages, in order and once each, however many entries one millisecond had', async () => {
    const showId = await goLive();
    const { redis } = commerce.foundation;
    const at = Date.now() + 1_000;
    const pipeline = redis.pipeline();
    const count = 2 * limits.timelinePage + 100;
    for (let seq = 0; seq < count; seq += 1) {
      const fields = [
        'type',
        'product:unpinned',
        'at',
        '1',
        'data',
        JSON.stringify({ productId: shop.productIds[0] }),
      ];
      // Every third is for somebody else.
      const audience = seq % 3 === 0 ? `user:${createId('guest')}` : 'all';
      pipeline.xadd(timelineKeys.timeline(showId), `${at}-${seq}`, ...fields, 'audience', audience);
    }
    await pipeline.exec();
    await end(showId);
    const living = await readAll(guest, showId);
    expect(living.length).toBe(begun.length + Math.floor((count * 2) / 3) + 1);
    expect(living.map(({ id }) => id)).toEqual(living.map(({ id }) => id).toSorted(compareEntryIds));
    await archive(showId);
    expect(await readAll(guest, showId)).toEqual(living);
    await loseTimeline(showId);
    expect(await readAll(guest, showId)).toEqual(living);
  });
});

describe('a deleted message', () => {
  const remove = (showId: ShowId, messageId: MessageId) =>
    host.get('message:delete', { params: { showId, messageId } });
  const textsOf = async (showId: ShowId) => JSON.stringify(await readAll(host, showId));

  it('is never told again, from the moment on when its deletion was answered', async () => {
    const showId = await goLive();
    const messageId = await say(showId, 'to be forgotten');
    await remove(showId, messageId);
    expect(await textsOf(showId)).not.toContain('forgotten');
    await commerce.foundation.relay.drain();
    expect(typesOf(await readAll(guest, showId))).toEqual([...begun, 'chat:deleted']);
  });

  it('is gone from the archive, also when it was deleted while that was made', async () => {
    const showId = await goLive();
    const [early, between] = [
      await say(showId, 'forgotten before'),
      await say(showId, 'forgotten meanwhile'),
    ];
    await remove(showId, early);
    await end(showId);
    const { db, timeline } = commerce.foundation;
    const reading = timeline.readAll.bind(timeline);
    const slowTimeline = {
      ...timeline,
      async *readAll(...args: Parameters<typeof reading>) {
        for await (const entries of reading(...args)) {
          await remove(showId, between);
          await commerce.foundation.relay.drain();
          yield entries;
        }
      },
    };
    await createArchiveShow({ orm: db.orm, timeline: slowTimeline })(showId);
    expect(await textsOf(showId)).not.toContain('forgotten');
    const { rows } = await db.pool.query('SELECT data FROM timeline_entries WHERE show_id = $1', [showId]);
    expect(JSON.stringify(rows)).not.toContain('forgotten');
  });

  it('is not told from the archive before its text is taken out there', async () => {
    const showId = await goLive();
    const messageId = await say(showId, 'forgotten late');
    await end(showId);
    await archive(showId);
    await remove(showId, messageId);
    expect(await textsOf(showId)).not.toContain('forgotten');
  });
});

describe('a browser that has read it', () => {
  it('is told when nothing has changed', async () => {
    const showId = await goLive();
    const { accessToken } = await guest.renew();
    const ask = (etag = '') =>
      commerce.http.inject({
        url: `/api/shows/${showId}/timeline`,
        headers: { authorization: `Bearer ${accessToken}`, 'if-none-match': etag },
      });
    const first = await ask();
    expect(first.headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'authorization' });
    const again = await ask(String(first.headers['etag']));
    expect([again.statusCode, again.body]).toEqual([304, '']);
    await say(showId, 'news');
    expect((await ask(String(first.headers['etag']))).statusCode).toBe(200);
  });
});
