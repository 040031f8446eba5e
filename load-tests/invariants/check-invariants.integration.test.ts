import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { createTestDatabase, createTestRedis, type TestDatabase } from '@souk/supervisor/test-database';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type HealthyWorld, seedHealthyWorld } from '../test-support/healthy-world.ts';
import { invariants } from './all.ts';
import { checkInvariants } from './check-invariants.ts';

const migrate = fileURLToPath(new URL('../../commerce/cli/migrate.ts', import.meta.url));

interface Breakage {
  readonly invariant: string;
  /** What has gone wrong. */
  readonly when: string;
  readonly sql?: (world: HealthyWorld) => string;
  readonly redis?: (world: HealthyWorld, redis: Redis) => Promise<unknown>;
}

const prefix = ({ merchantId }: HealthyWorld): string => `souk:{${merchantId}}:`;

const waitInLine = ({ saleId, showId, buyerId }: HealthyWorld): string =>
  `INSERT INTO waitlist_entries (id, sale_id, show_id, buyer_id, status, joined_at, updated_at)
   VALUES ('${createId('waitlistEntry')}', '${saleId}', '${showId}', '${buyerId}', 'waiting', now(), now())`;

/** Each invariant, broken in every way that it can see. */
const breakages: readonly Breakage[] = [
  {
    invariant: 'stock within bounds',
    when: 'units are below zero',
    sql: () => 'UPDATE stock SET reserved = -1',
  },
  {
    invariant: 'stock within bounds',
    when: 'more is promised than is there',
    sql: () => 'UPDATE stock SET on_hand = 7',
  },
  {
    invariant: 'ledger = stock',
    when: 'stock changes without a movement',
    sql: () => 'UPDATE stock SET on_hand = on_hand + 1',
  },
  {
    invariant: 'units sold <= allocated',
    when: 'orders have more units than the sale',
    sql: () => 'UPDATE order_lines SET quantity = 11',
  },
  {
    invariant: 'units sold <= allocated',
    when: 'the sale has lost count of a claim',
    sql: () => 'UPDATE sales SET claimed = 0',
  },
  {
    invariant: 'allocated = open units of sales',
    when: 'the sale gives units back that stock keeps',
    sql: () => 'UPDATE sales SET returned = 1',
  },
  {
    invariant: 'reserved = units of undispatched orders',
    when: 'an order is claimed without stock',
    sql: () => `UPDATE orders SET status = 'paid'`,
  },
  {
    invariant: 'units per buyer <= limit',
    when: 'a buyer has too many',
    sql: () => 'UPDATE sale_buyers SET units = 3',
  },
  {
    invariant: 'units per buyer <= limit',
    when: 'a purchase was not noted',
    sql: () => 'UPDATE sale_buyers SET units = 1',
  },
  {
    invariant: 'order total = lines + shipping + duties - discount',
    when: 'a total does not add up',
    sql: () => 'UPDATE orders SET total_minor = 1',
  },
  {
    invariant: 'order total = lines + shipping + duties - discount',
    when: 'a line is cheaper than charged',
    sql: () => 'UPDATE order_lines SET unit_price_minor = 1',
  },
  {
    invariant: 'units sold <= allocated',
    when: 'a sale has sold more than its total limit',
    sql: () => 'UPDATE sales SET total_limit = 1',
  },
  {
    invariant: 'allocated = open units of sales',
    when: 'the parts of a bundle are not set aside',
    sql: ({ variantId }) => `UPDATE sales SET parts = '[{"variantId": "${variantId}", "quantity": 2}]'`,
  },
  {
    invariant: 'reserved = units of undispatched orders',
    when: 'the parts of a bundle are not reserved',
    sql: ({ variantId }) =>
      `UPDATE orders SET status = 'paid'; UPDATE stock SET reserved = 2;
       UPDATE order_lines SET parts = '[{"variantId": "${variantId}", "quantity": 2}]'`,
  },
  {
    invariant: 'orders cost what was quoted',
    when: 'the price has changed in between',
    sql: () => `UPDATE quotes SET quote = jsonb_set(quote, '{totals,totalMinor}', '3189')`,
  },
  {
    invariant: 'coupons = redemptions',
    when: 'a coupon has lost count of what it took off',
    sql: () => 'UPDATE coupons SET spent_minor = 0',
  },
  {
    invariant: 'coupons = redemptions',
    when: 'a coupon has taken off more than its budget',
    sql: () => 'UPDATE coupons SET budget_minor = 299',
  },
  {
    invariant: 'coupon uses per buyer <= limit',
    when: 'a use was not noted',
    sql: () => 'DELETE FROM coupon_buyers',
  },
  {
    invariant: 'discounts are redeemed',
    when: 'an order has a discount of no coupon',
    sql: () => 'DELETE FROM coupon_redemptions',
  },
  {
    invariant: 'discounts are redeemed',
    when: 'a standing order gave its coupon back',
    sql: () => 'UPDATE coupon_redemptions SET is_returned = true',
  },
  {
    invariant: 'one place in line, while there is a line',
    when: 'a buyer stands in line twice',
    sql: (world) => `${waitInLine(world)}; ${waitInLine(world)}`,
  },
  {
    invariant: 'one place in line, while there is a line',
    when: 'an offer was forgotten',
    sql: (world) =>
      `${waitInLine(world)}; UPDATE waitlist_entries SET status = 'offered', offer_expires_at = now() - interval '1 hour'`,
  },
  {
    invariant: 'charges = orders',
    when: 'a paid order has no payment',
    sql: () => `UPDATE payments SET status = 'failed'`,
  },
  {
    invariant: 'charges = orders',
    when: 'another amount was charged',
    sql: () => 'UPDATE payments SET amount_minor = 3191',
  },
  {
    invariant: 'charges = orders',
    when: 'somebody was charged for a cancelled order',
    sql: () => `UPDATE orders SET status = 'cancelled'`,
  },
  {
    invariant: 'refunds <= payments',
    when: 'a refund has no row',
    sql: () => 'UPDATE payments SET refunded_minor = 1',
  },
  {
    invariant: 'dispatched orders have a shipment',
    when: 'the tracking number is missing',
    sql: () => 'UPDATE shipments SET tracking_number = NULL',
  },
  {
    invariant: 'sandbox books = payments',
    when: 'the sandbox charged and commerce does not know',
    sql: () => `UPDATE payments SET status = 'processing'`,
  },
  {
    invariant: 'no webhook stuck',
    when: 'a webhook was never delivered',
    sql: () => 'UPDATE sandbox_events SET delivered = false',
  },
  {
    invariant: 'no outbox row stuck',
    when: 'the relay forgets a row',
    sql: () =>
      `INSERT INTO outbox (id, lane, payload, created_at) VALUES ('evt_1', 'lane', '{}', now() - interval '1 hour')`,
  },
  {
    invariant: 'every hold ended or within its window',
    when: 'an old hold is still active',
    redis: (world, redis) => redis.zadd(`${prefix(world)}holds`, Date.now() - 3_600_000, world.holdId),
  },
  {
    invariant: 'every hold ended or within its window',
    when: 'a hold is listed that is over',
    redis: (world, redis) => redis.hset(`${prefix(world)}hold:${world.holdId}`, 'status', 'expired'),
  },
  {
    invariant: 'Redis counts = database',
    when: 'Redis offers units that are not there',
    redis: (world, redis) => redis.hset(`${prefix(world)}pools`, `${world.saleId}|supply`, 9),
  },
  {
    invariant: 'Redis counts = database',
    when: 'Redis was never told of a change',
    sql: ({ saleId }) =>
      `UPDATE sales SET version = version + 1, updated_at = now() - interval '1 hour' WHERE id = '${saleId}'`,
  },
  {
    invariant: 'held units = holds',
    when: 'a hold has ended without giving its units back',
    redis: (world, redis) => redis.zrem(`${prefix(world)}holds`, world.holdId),
  },
  {
    invariant: 'claimed holds have an order',
    when: 'an ordered hold was given back too',
    redis: (world, redis) => redis.hset(`${prefix(world)}hold:${world.claimedHoldId}`, 'status', 'released'),
  },
  {
    invariant: 'timeline ids strictly rising',
    when: 'an entry cannot be read',
    redis: ({ showId }, redis) => redis.xadd(`souk:{${showId}}:timeline`, '*', 'type', 'nonsense'),
  },
  {
    invariant: 'each fact in the timeline once',
    when: 'an outbox row was delivered twice',
    redis: (world) => world.tell(createEntry('show:went-live', Date.now(), {})),
  },
  {
    invariant: 'timeline tells what the database says',
    when: 'a sale ended and nobody was told',
    sql: () => `UPDATE sales SET status = 'ended', end_reason = 'time-up'`,
  },
];

describe('invariants', () => {
  let database: TestDatabase;
  let redisUrl: string;
  let pg: Client;
  let redis: Redis;
  let world: HealthyWorld;

  const check = () => checkInvariants({ databaseUrl: database.url, redisUrl, graceMs: 10_000 });

  beforeAll(async () => {
    database = await createTestDatabase(inject('databaseUrl'));
    redisUrl = (await createTestRedis(inject('redisUrl'))).url;
    const env = { ...process.env, DATABASE_URL: database.url, REDIS_URL: redisUrl };
    await promisify(execFile)(process.execPath, ['--import', 'tsx', migrate], { env });
    redis = new Redis(redisUrl);
    pg = new Client({ connectionString: database.url });
    await pg.connect();
    // The database refuses most of these faults by itself; the checker must see them all the same.
    await pg.query(
      'ALTER TABLE stock DROP CONSTRAINT stock_not_negative, DROP CONSTRAINT stock_not_oversold',
    );
    await pg.query('ALTER TABLE sales DROP CONSTRAINT sales_total_limit');
    await pg.query('DROP INDEX waitlist_one_active');
  });
  afterAll(async () => {
    redis.disconnect();
    await pg.end();
    await database.drop();
  });
  beforeEach(async () => {
    world = await seedHealthyWorld(pg, redis);
  });

  it('find nothing in a healthy world', async () => {
    expect(await check()).toEqual([]);
  });

  const named = breakages.map(
    (breakage) => [`"${breakage.invariant}" fails when ${breakage.when}`, breakage] as const,
  );

  it.each(named)('%s', async (_name, { invariant, sql, redis: breakRedis }) => {
    if (sql !== undefined) await pg.query(sql(world));
    await breakRedis?.(world, redis);
    expect((await check()).map((violation) => violation.invariant)).toContain(invariant);
  });

  it('are each broken by one of these tests', () => {
    const broken = new Set(breakages.map(({ invariant }) => invariant));
    expect(invariants.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
  });

  it('hold while counts change all the time', async () => {
    let isOver = false;
    const change = async (): Promise<void> => {
      for (let version = 3; !isOver; version += 1) {
        await pg.query('UPDATE sales SET version = $1, updated_at = now() WHERE id = $2', [
          version,
          world.saleId,
        ]);
        await redis.hset(`${prefix(world)}pools`, `${world.saleId}|version`, version);
      }
    };
    const changing = change();
    for (let round = 0; round < 10; round += 1) expect(await check()).toEqual([]);
    isOver = true;
    await changing;
  });

  it('look at refunds that nobody noted on the payment', async () => {
    await pg.query(
      `INSERT INTO refunds (id, payment_id, order_id, status, amount_minor, reason, restock, idempotency_key, request_hash, created_at, updated_at)
       VALUES ($1, $2, $3, 'succeeded', 4000, '', false, 'key', 'hash', now(), now())`,
      [createId('refund'), world.paymentId, world.orderId],
    );
    expect((await check()).map(({ invariant }) => invariant)).toContain('refunds <= payments');
  });
});
