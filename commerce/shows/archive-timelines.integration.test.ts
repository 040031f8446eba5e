import { createId, type ShowId } from '@souk/protocol/ids';
import { BEGINNING, compareEntryIds, createEntry, type Entry } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { emptyShowState } from '@souk/protocol/timeline/state';
import { systemClock } from '@souk/runtime/clock';
import { createLogger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import { createTestDatabase, createTestRedis, type TestDatabase } from '@souk/supervisor/test-database';
import { timelineKeys } from '@souk/timeline/keys';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { migrateDatabase } from '../db/migrate.ts';
import { createFoundation, type Foundation } from '../foundation.ts';
import { sampleChat, sampleShow } from '../testing/sample-timeline.ts';
import { createTestShop, type TestShop } from '../testing/test-shop.ts';
import { createArchiveTimelines } from './archive-job.ts';
import type { KeepRule } from './sweep-timelines.ts';

const logger = createLogger({ name: 'archive-test', level: 'silent' });
let database: TestDatabase;
let foundation: Foundation;
let shop: TestShop;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseUrl'));
  const { url: redisUrl } = await createTestRedis(inject('redisUrl'));
  await migrateDatabase(database.url);
  foundation = createFoundation({
    databaseUrl: database.url,
    redisUrl,
    name: 'archive-test',
    clock: systemClock,
    logger,
    metrics: createMetrics('archive-test'),
  });
  shop = await createTestShop(foundation);
});
afterAll(async () => {
  await foundation.close();
  await database.drop();
});

/** Keeps nothing but the newest entry, so that each round removes what it may. */
const keepLittle: KeepRule = { entries: 1, ms: -1, endedMs: 0 };
const createArchiver = (over: Partial<Foundation> = {}, keep: KeepRule = keepLittle) =>
  createArchiveTimelines({ ...foundation, metrics: createMetrics('archive'), ...over, keep });

const begin = async (messages = 0): Promise<ShowId> => {
  const showId = createId('show');
  await foundation.timeline.begin(showId, [sampleShow(), ...Array.from({ length: messages }, sampleChat)]);
  await foundation.timelines.add(showId);
  return showId;
};
const say = (showId: ShowId) => foundation.timeline.append(showId, sampleChat());
const readStream = (showId: ShowId) => foundation.timeline.read(showId, { after: BEGINNING, limit: 100_000 });
const readArchived = async (showId: ShowId): Promise<Entry[]> => {
  const { rows } = await foundation.db.pool.query(
    `SELECT entry_id AS id, (extract(epoch FROM at) * 1000)::float8 AS at, type, audience, data
     FROM timeline_entries WHERE show_id = $1 ORDER BY entry_ms, entry_seq`,
    [showId],
  );
  return rows;
};
const idsOf = (entries: readonly Entry[]) => entries.map(({ id }) => id);

describe('archiving', () => {
  it('copies exactly what the streams of very many shows have, and then only what is new', {
    timeout: 120_000,
  }, async () => {
    const showIds = await Promise.all(Array.from({ length: 1_000 }, () => begin(2)));
    const archive = createArchiver({}, { ...keepLittle, entries: 10_000 });
    await archive();
    for (const showId of [showIds[0], showIds[499], showIds[999]] as [ShowId, ShowId, ShowId])
      expect(await readArchived(showId)).toEqual(await readStream(showId));
    const count = async () =>
      Number((await foundation.db.pool.query('SELECT count(*) FROM timeline_entries')).rows[0].count);
    expect(await count()).toBe(3_000);
    for (const showId of showIds.slice(100, 110)) await say(showId);
    await archive();
    expect(await count()).toBe(3_010);
    for (const showId of showIds) await foundation.timelines.remove(showId);
  });

  it('copies a long stream in bounded parts, and trims it to what has to stay', {
    timeout: 120_000,
  }, async () => {
    const showId = await begin(6_000);
    const entries = await readStream(showId);
    await createArchiver({}, { ...keepLittle, entries: 500 })();
    expect(idsOf(await readArchived(showId))).toEqual(idsOf(entries));
    expect(idsOf(await readStream(showId))).toEqual(idsOf(entries.slice(-500)));
    expect((await foundation.timeline.loadState(showId))?.state).toEqual(foldShow(entries));
  });

  it('keeps what is young', async () => {
    const showId = await begin(20);
    await createArchiver({}, { ...keepLittle, ms: 600_000 })();
    expect(await readStream(showId)).toHaveLength(21);
    await foundation.timelines.remove(showId);
  });

  it('takes what PostgreSQL cannot keep in a form that it can, and is not stopped by what is no entry', async () => {
    const [showId, other] = [await begin(), await begin()];
    const key = timelineKeys.timeline(showId);
    const text = 'half \ud800 and null \u0000';
    const data = JSON.stringify({ messageId: createId('message'), text });
    await foundation.redis.xadd(key, '*', 'type', 'chat:sent', 'at', '1', 'audience', 'all', 'data', data);
    await foundation.redis.xadd(key, '*', 'type', 'chat:sent', 'at', 'noon', 'audience', 'all', 'data', '{}');
    await foundation.redis.xadd(key, '*', 'what', 'ever');
    await say(showId);
    await createArchiver()();
    const archived = await readArchived(showId);
    expect(archived.map(({ type }) => type)).toEqual(['show:created', 'chat:sent', 'chat:sent']);
    expect(archived[1]?.data).toMatchObject({ text: 'half \uFFFD and null \uFFFD' });
    expect(await readArchived(other)).toHaveLength(1);
  });

  it('begins with the other epoch when the timeline has begun anew', async () => {
    const showId = await begin(3);
    const archive = createArchiver();
    await archive();
    await foundation.redis.del(timelineKeys.timeline(showId), timelineKeys.epoch(showId));
    await foundation.timeline.begin(showId, [sampleShow(), sampleChat()]);
    const entries = await readStream(showId);
    await archive();
    expect(idsOf((await readArchived(showId)).slice(-2))).toEqual(idsOf(entries));
    expect((await foundation.timeline.loadState(showId))?.state).toEqual(foldShow(entries));
  });

  it('forgets a show whose timeline is gone', async () => {
    const showId = await begin();
    await foundation.redis.del(timelineKeys.timeline(showId), timelineKeys.epoch(showId));
    await createArchiver()();
    expect(await foundation.timelines.list()).not.toContain(showId);
  });
});

describe('archiving that is killed', () => {
  /** Everything that it asks of PostgreSQL and Redis is counted; from the n-th on, nothing is done any more. */
  function createFragile(failFrom: number) {
    let calls = 0;
    const alive = (): void => {
      calls += 1;
      if (calls >= failFrom) throw new Error('killed');
    };
    const wrap = <Target extends object>(target: Target, wrapped: (value: unknown) => unknown): Target =>
      new Proxy(target, {
        get(_, name) {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== 'function') return value;
          return (...args: unknown[]) => {
            if (name !== 'release' && name !== 'defineCommand') alive();
            return wrapped(value.apply(target, args));
          };
        },
      });
    const { db, redis } = foundation;
    const isClient = (value: unknown): value is object =>
      typeof value === 'object' && value !== null && 'release' in value;
    const pool = wrap(db.pool, (value) =>
      value instanceof Promise
        ? value.then((client: unknown) => (isClient(client) ? wrap(client, (answer) => answer) : client))
        : value,
    );
    return {
      parts: { db: { ...db, pool }, redis: wrap(redis, (value) => value) },
      wasKilled: () => calls >= failFrom,
    };
  }

  it('loses nothing, wherever that happens: the next one goes on', { timeout: 120_000 }, async () => {
    let kills = 0;
    for (let failFrom = 1; ; failFrom += 1) {
      const showIds = [await begin(8), await begin(4)];
      const told = new Map(await Promise.all(showIds.map(async (id) => [id, await readStream(id)] as const)));
      const fragile = createFragile(failFrom);
      await createArchiver(fragile.parts)().catch(() => undefined);
      for (const [showId, entries] of told) {
        const [archived, living] = [await readArchived(showId), await readStream(showId)];
        const ids = new Set([...idsOf(archived), ...idsOf(living)]);
        expect([...ids].sort(compareEntryIds)).toEqual(idsOf(entries));
        expect((await foundation.timeline.loadState(showId))?.state).toEqual(foldShow(entries));
      }
      await createArchiver()();
      for (const [showId, entries] of told) {
        expect(idsOf(await readArchived(showId))).toEqual(idsOf(entries));
        expect(await readStream(showId)).toHaveLength(1);
        expect((await foundation.timeline.loadState(showId))?.state).toEqual(foldShow(entries));
        await foundation.timelines.remove(showId);
      }
      if (!fragile.wasKilled()) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(15);
  });
});

describe('a show that has ended', () => {
  const end = async (endedAt: number): Promise<ShowId> => {
    const showId = await begin(2);
    await foundation.timeline.append(showId, createEntry('show:ended', endedAt, { reason: 'ended-by-host' }));
    await foundation.db.pool.query(
      `INSERT INTO shows (id, merchant_id, host_id, title, status, created_at, ended_at, end_reason, is_recorded)
       VALUES ($1, $2, $3, 'Over', 'ended', now(), to_timestamp($4 / 1000.0), 'ended-by-host', false)`,
      [showId, shop.merchantId, shop.people.host, endedAt],
    );
    return showId;
  };
  const hour = 3_600_000;

  it('is archived whole, and leaves Redis when its time there is over', async () => {
    const [old, young] = [await end(Date.now() - 2 * hour), await end(Date.now() - hour / 2)];
    const entries = await readStream(old);
    await foundation.redis.hset(timelineKeys.levels(old), 'viewers', 3);
    await createArchiver({}, { entries: 100, ms: 600_000, endedMs: hour })();
    expect(idsOf(await readArchived(old))).toEqual(idsOf(entries));
    expect(await foundation.redis.keys(`souk:{${old}}:*`)).toEqual([]);
    expect(await readStream(young)).toHaveLength(4);
    const listed = await foundation.timelines.list();
    expect([listed.includes(old), listed.includes(young)]).toEqual([false, true]);
    expect((await foundation.timeline.loadState(young))?.state).not.toEqual(emptyShowState);
  });
});
