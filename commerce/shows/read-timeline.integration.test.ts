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
import { createTimelineRetention } from '@souk/timeline/retention';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inTransaction } from '../db/database.ts';
import { deletedMessages } from '../db/schema/moderation.ts';
import { timelineEntries } from '../db/schema/outbox.ts';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';
import { createTestShop, TEST_PASSWORD, type TestShop } from '../testing/test-shop.ts';
import type { ArchiveBatchDeps } from './archive-batch.ts';
import { createArchiveShow } from './archive-show.ts';
import { createReadTimeline } from './read-timeline.ts';
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
const archive = (showId: ShowId): Promise<void> => createArchiveShow(commerce.foundation)(showId);
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

  it('lets a shadow-banned person believe that everybody hears', async () => {
    const showId = await goLive();
    const userId = shop.people.viewer;
    const messageId = createId('message');
    const data = { messageId, userId, name: 'Vi', role: 'viewer', text: 'shadowed' } as const;
    const audience: Audience = `staff+user:${userId}`;
    await append(showId, { ...createEntry('chat:sent', 1, data), audience });
    const toldTo = async (client: TestClient) =>
      (await readAll(client, showId)).flatMap((entry) =>
        entry.type === 'chat:sent' ? [entry.audience] : [],
      );
    const told = async () => Promise.all([viewer, host, guest].map(toldTo));
    expect(await told()).toEqual([['all'], [audience], []]);
    await archive(showId);
    expect(await told()).toEqual([['all'], [audience], []]);
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

  it('begins anew with the chat that was archived, but for what was deleted', async () => {
    const showId = await goLive();
    const { timeline, redis } = commerce.foundation;
    const userId = shop.people.viewer;
    const held = {
      messageId: createId('message'),
      userId,
      name: 'Vi',
      role: 'viewer',
      text: 'waits',
    } as const;
    await append(showId, createEntry('chat:held', 7, { ...held, cause: 'review' }, userId));
    const passed = { ...held, messageId: createId('message'), text: 'passed' };
    await append(showId, createEntry('chat:held', 8, { ...passed, cause: 'review' }, userId));
    await append(showId, createEntry('chat:sent', 9, passed));
    const gone = await say(showId, 'to be forgotten');
    for (let index = 0; index < limits.chatHistory; index += 1) await say(showId, `${index}`);
    await archive(showId);
    await commerce.foundation.db.orm
      .insert(deletedMessages)
      .values({ showId, messageId: gone, deletedAt: 1 });
    const before = (await timeline.loadState(showId))?.state;
    const restored = async () => {
      await redis.flushdb();
      await createRestoreTimelines(commerce.foundation).all();
      return (await timeline.loadState(showId))?.state;
    };
    const textsOf = (state: typeof before) => state?.chat.map(({ text, at }) => ({ text, at }));
    for (const [index, state] of [await restored(), await restored()].entries()) {
      expect(textsOf(state)).toEqual(textsOf(before));
      expect(state?.held.map(({ text }) => text)).toEqual(['waits']);
      // The second time it has been archived under two epochs.
      if (index === 0) await archive(showId);
    }
  });

  it('is unknown of an unknown show', async () => {
    const params = { showId: createId('show') };
    for (const client of [guest, viewer])
      expect(await client.send('timeline:read', { params })).toMatchObject({
        error: { code: 'SHOW_NOT_FOUND' },
      });
  });
});

describe('the timeline of a show on air that was trimmed in Redis', () => {
  const trim = async (showId: ShowId, keepEntries: number): Promise<number> => {
    const { timeline, redis } = commerce.foundation;
    const loaded = await timeline.loadState(showId);
    if (loaded === undefined) throw new Error('no timeline');
    await archive(showId);
    const retention = createTimelineRetention({ redis });
    await retention.saveSnapshot(showId, loaded);
    const archived = { epoch: loaded.epoch, entryId: loaded.state.lastId };
    return retention.trim(showId, archived, { keepMs: -1, keepEntries, maxEntries: 10_000 });
  };

  it('is told as before, from the archive and from Redis', async () => {
    const showId = await goLive();
    for (const text of ['one', 'two', 'three']) await say(showId, text);
    const before = await page(guest, showId);
    expect(await trim(showId, 2)).toBe(4);
    expect(await page(guest, showId)).toEqual(before);
    await say(showId, 'four');
    const later = await page(guest, showId);
    expect(later.entries.slice(0, -1)).toEqual(before.entries);
    for (const { id } of later.entries) {
      const { entries } = await page(guest, showId, { after: id, epoch: later.epoch });
      expect(entries).toEqual(later.entries.filter((entry) => compareEntryIds(entry.id, id) > 0));
    }
  });

  it('is told whole although it is trimmed between the archive and Redis being read', async () => {
    const showId = await goLive();
    for (const text of ['one', 'two', 'three']) await say(showId, text);
    const before = await page(guest, showId);
    const { db, redis, timeline } = commerce.foundation;
    let trimmed: Promise<number> | undefined;
    const interrupted = {
      get: redis.get.bind(redis),
      xrange: async (...args: Parameters<typeof redis.xrange>) => {
        trimmed ??= trim(showId, 1);
        await trimmed;
        return redis.xrange(...args);
      },
    };
    const readTimeline = createReadTimeline({
      db,
      redis: interrupted as unknown as typeof redis,
      timeline,
      roles: commerce.ground.roles,
      banGuard: commerce.foundation.banGuard,
    });
    const caller = { userId: createId('guest'), name: 'G', grants: [], isGuest: true };
    expect(await readTimeline(caller as never, showId, {})).toEqual(before);
    expect(await trimmed).toBeGreaterThan(0);
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
  /** As the commands of moderation do it. */
  const remove = (showId: ShowId, ...messageIds: [MessageId, ...MessageId[]]): Promise<void> => {
    const { db, outbox } = commerce.foundation;
    const [messageId] = messageIds;
    const entry =
      messageIds.length === 1
        ? createEntry('chat:deleted', 1, { messageId })
        : createEntry('chat:purged', 1, { userId: shop.people.viewer, messageIds });
    return inTransaction(db, async (tx) => {
      const rows = messageIds.map((id) => ({ showId, messageId: id, deletedAt: 1 }));
      await tx.insert(deletedMessages).values(rows);
      await outbox.publish(tx, { kind: 'timeline', showId, entry });
    });
  };
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
    const { db, redis, logger, relay } = commerce.foundation;
    let removing: Promise<void> | undefined;
    const isWaiting = async () => {
      const { rows } = await db.pool.query(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
      );
      expect(rows).toHaveLength(1);
    };
    const slowRedis: ArchiveBatchDeps['redis'] = {
      mget: redis.mget.bind(redis),
      xread: (async (...args: Parameters<typeof redis.xread>) => {
        const read = await redis.xread(...args);
        if (removing !== undefined) return read;
        removing = remove(showId, between).then(() => relay.drain());
        // What was read has the text, and is not written yet: whoever takes it out waits for that.
        await vi.waitFor(isWaiting, { timeout: 10_000 });
        return read;
      }) as typeof redis.xread,
    };
    await createArchiveShow({ db, redis: slowRedis, logger })(showId);
    await removing;
    expect(await textsOf(showId)).not.toContain('forgotten');
    const { rows } = await db.pool.query('SELECT data FROM timeline_entries WHERE show_id = $1', [showId]);
    expect(JSON.stringify(rows)).not.toContain('forgotten');
  });

  it('is gone wherever its text stood: held, sent, pinned, in the snapshot; so are several at once', async () => {
    const showId = await goLive();
    const { timeline, redis, relay, db } = commerce.foundation;
    const ids: MessageId[] = [];
    for (const text of ['forgotten one', 'forgotten two']) {
      const messageId = createId('message');
      const userId = shop.people.viewer;
      const data = { messageId, userId, name: 'Vi', role: 'viewer', text } as const;
      await append(showId, createEntry('chat:held', 1, { ...data, cause: 'review' }, userId));
      await append(showId, createEntry('chat:sent', 1, data));
      await append(showId, createEntry('chat:pinned', 1, data));
      ids.push(messageId);
      if (ids.length === 1) await archive(showId);
    }
    const kept = await say(showId, 'stays');
    const loaded = await timeline.loadState(showId);
    if (loaded === undefined) throw new Error('no timeline');
    await createTimelineRetention({ redis }).saveSnapshot(showId, loaded);
    expect(await textsOf(showId)).toContain('forgotten two');
    await remove(showId, ...(ids as [MessageId, MessageId]));
    expect(await textsOf(showId)).not.toContain('forgotten');
    await relay.drain();
    const { rows } = await db.pool.query('SELECT data FROM timeline_entries WHERE show_id = $1', [showId]);
    const snapshot = await redis.hgetall(timelineKeys.snapshot(showId));
    const stream = await redis.xrange(timelineKeys.timeline(showId), '-', '+');
    expect(JSON.stringify([rows, snapshot, stream])).not.toContain('forgotten');
    expect((await timeline.loadState(showId))?.state.chat).toMatchObject([{ messageId: kept }]);
    expect((await timeline.loadState(showId))?.state.pinnedMessage).toBeNull();
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
