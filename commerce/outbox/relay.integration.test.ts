import { createId, type ShowId } from '@souk/protocol/ids';
import { BEGINNING, createEntry } from '@souk/protocol/timeline/entries';
import { systemClock } from '@souk/runtime/clock';
import { createLogger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import { createTestDatabase, createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { inTransaction } from '../db/database.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { createFoundation, type Foundation } from '../foundation.ts';

let nodes: [Foundation, Foundation];
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase(inject('databaseUrl'));
  const redis = await createTestRedis(inject('redisUrl'));
  await migrateDatabase(database.url);
  const createNode = (name: string): Foundation =>
    createFoundation({
      databaseUrl: database.url,
      redisUrl: redis.url,
      name,
      clock: systemClock,
      logger: createLogger({ name, level: 'silent' }),
      metrics: createMetrics(name),
    });
  nodes = [createNode('one'), createNode('two')];
  drop = async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await database.drop();
  };
});
afterAll(() => drop());

const productPinned = () => createEntry('product:pinned', 1, { productId: createId('product') });
/** A show whose timeline has begun. */
const openShow = async (): Promise<ShowId> => {
  const showId = createId('show');
  await nodes[0].timeline.begin(showId, []);
  return showId;
};
const publish = async (showId: ShowId, count: number): Promise<string[]> => {
  const entries = Array.from({ length: count }, productPinned);
  for (const entry of entries)
    await inTransaction(nodes[0].db, (tx) =>
      nodes[0].outbox.publish(tx, { kind: 'timeline', showId, entry }),
    );
  return entries.map((entry) => JSON.stringify(entry.data));
};
const read = async (showId: ShowId): Promise<string[]> => {
  const entries = await nodes[0].timeline.read(showId, { after: BEGINNING, limit: 1_000 });
  return entries.map((entry) => JSON.stringify(entry.data));
};
const countWaiting = async (): Promise<number> =>
  Number((await nodes[0].db.pool.query('SELECT count(*) AS n FROM outbox')).rows[0].n);

describe('outbox relay', () => {
  it('delivers each show in order and once, also with two relays at work', async () => {
    const shows = await Promise.all(Array.from({ length: 8 }, openShow));
    for (const node of nodes) node.relay.start();
    const sent = await Promise.all(shows.map((showId) => publish(showId, 40)));
    await Promise.all(nodes.map((node) => node.relay.drain()));
    await expect.poll(countWaiting, { timeout: 10_000 }).toBe(0);
    await Promise.all(nodes.map((node) => node.relay.stop()));
    expect(await Promise.all(shows.map(read))).toEqual(sent);
  });

  it('delivers nothing of a transaction that was rolled back', async () => {
    const showId = await openShow();
    const failing = inTransaction(nodes[0].db, async (tx) => {
      await nodes[0].outbox.publish(tx, { kind: 'timeline', showId, entry: productPinned() });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await nodes[0].relay.drain();
    expect(await read(showId)).toEqual([]);
  });

  it('delivers an entry once even when the delivery was not written down', async () => {
    const showId = await openShow();
    await publish(showId, 1);
    const [row] = (await nodes[0].db.pool.query('SELECT * FROM outbox')).rows;
    await nodes[0].relay.drain();
    await nodes[0].db.pool.query(
      'INSERT INTO outbox (id, lane, payload, created_at) VALUES ($1, $2, $3, now())',
      [row.id, row.lane, JSON.stringify(row.payload)],
    );
    await nodes[1].relay.drain();
    expect(await read(showId)).toHaveLength(1);
  });

  it('tells a fact that has a name once, however often it is published', async () => {
    const showId = await openShow();
    const fact = { kind: 'timeline', showId, entry: productPinned(), factId: `pinned:${showId}` } as const;
    const tell = () => inTransaction(nodes[0].db, (tx) => nodes[0].outbox.publish(tx, fact));
    await Promise.all([tell(), tell()]);
    await nodes[0].relay.drain();
    await tell();
    await nodes[0].relay.drain();
    expect(await read(showId)).toHaveLength(1);
  });

  it('lets a row that cannot be delivered hold up its own show only', async () => {
    const [stuck, free] = [await openShow(), await openShow()];
    const broken = { kind: 'timeline', showId: stuck, entry: { type: 'nonsense' } };
    await nodes[0].db.pool.query(
      'INSERT INTO outbox (id, lane, payload, created_at) VALUES ($1, $2, $3, now())',
      [createId('outboxEvent'), stuck, JSON.stringify(broken)],
    );
    const sent = await publish(free, 3);
    await publish(stuck, 1);
    await nodes[0].relay.drain();
    expect(await read(free)).toEqual(sent);
    expect(await read(stuck)).toEqual([]);
    await nodes[0].db.pool.query('DELETE FROM outbox');
  });

  it('comes past any number of shows whose rows cannot be delivered, and past one with very many', async () => {
    const broken = JSON.stringify({ kind: 'timeline', showId: 'nobody', entry: { type: 'nonsense' } });
    await nodes[0].db.pool.query(
      `INSERT INTO outbox (id, lane, payload, created_at)
       SELECT 'broken-' || n, CASE WHEN n <= 250 THEN 'lane-' || n ELSE 'lane-0' END, $1, now()
       FROM generate_series(1, 1000) n`,
      [broken],
    );
    const showId = await openShow();
    const sent = await publish(showId, 3);
    nodes[0].relay.start();
    await expect.poll(() => read(showId), { timeout: 10_000 }).toEqual(sent);
    await nodes[0].relay.stop();
    expect(await countWaiting()).toBe(1_000);
    await nodes[0].db.pool.query('DELETE FROM outbox');
  });

  it('lets entries wait while their timeline is lost, and delivers them once it is there again', async () => {
    const showId = createId('show');
    const sent = await publish(showId, 2);
    await nodes[0].relay.drain();
    expect(await nodes[0].timeline.epoch(showId)).toBeUndefined();
    await nodes[0].timeline.begin(showId, []);
    await nodes[0].relay.drain();
    expect(await read(showId)).toEqual(sent);
  });

  it('puts jobs into their queue, once per job id, with what is left of the delay', async () => {
    const orderId = createId('order');
    const job = {
      kind: 'job',
      name: 'order-expire',
      payload: { orderId },
      jobId: orderId,
      delayMs: 60_000,
    } as const;
    await inTransaction(nodes[0].db, (tx) => nodes[0].outbox.publish(tx, job, job));
    await nodes[0].relay.drain();
    expect(await nodes[0].queues.counts('order-expire')).toMatchObject({ delayed: 1 });
  });
});
