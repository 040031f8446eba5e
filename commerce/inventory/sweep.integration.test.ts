import type { Hold } from '@souk/protocol/http/buying';
import { createId, type SaleId } from '@souk/protocol/ids';
import { systemClock } from '@souk/runtime/clock';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { saleBuyers, sales } from '../db/schema/sales.ts';
import { stock } from '../db/schema/stock.ts';
import { place, startTestTrade, type TestTrade, take, tryTake } from '../testing/test-trade.ts';
import { createAvailability } from './availability.ts';
import { createHoldStore } from './hold-store.ts';
import { createMendPools } from './mend-pools.ts';
import type { PoolNames } from './pool-sync.ts';
import { createSoldOutMemory } from './sold-out-memory.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const prefix = (): string => `souk:{${house.shop.merchantId}}:`;
const redis = () => house.commerce.foundation.redis;
const statusOf = (hold: Hold) => redis().hget(`${prefix()}hold:${hold.id}`, 'status');
const counts = async (saleId: SaleId) =>
  (await redis().hmget(`${prefix()}pools`, `${saleId}|supply`, `${saleId}|held`)).map(Number);

/** As if the process had died with the claim begun, long ago. */
const leaveClaiming = async (hold: Hold): Promise<void> => {
  await redis().hset(`${prefix()}hold:${hold.id}`, 'status', 'claiming');
  await redis().zrem(`${prefix()}holds`, hold.id);
  await redis().zadd(`${prefix()}claims`, 1, hold.id);
};

describe('the sweep', () => {
  it('finishes a claim whose order was written, though Redis never heard of it', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 3 });
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId, saleId });
    await place(buyer, [hold]);
    await leaveClaiming(hold);
    await redis().hset(
      `${prefix()}pools`,
      `${saleId}|supply`,
      3,
      `${saleId}|version`,
      1,
      `${saleId}|held`,
      1,
    );
    await redis().hset(`${prefix()}sale:${saleId}:buyers`, `h:${await ownerOf(hold)}`, 1);
    await house.trade.jobs.sweepHolds();
    expect(await statusOf(hold)).toBe('claimed');
    expect(await counts(saleId)).toEqual([2, 0]);
    expect(await tryTake(buyer, showId, { variantId, saleId })).toBe('BUYER_LIMIT_REACHED');
  });

  it('tells once that a hold has expired, also when who told it died before striking it off', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId });
    await redis().hset(`${prefix()}hold:${hold.id}`, 'expiresAt', 1);
    await redis().zadd(`${prefix()}holds`, 1, hold.id);
    await house.trade.jobs.sweepHolds();
    await redis().rpush(`${prefix()}untold`, hold.id);
    await redis().sadd('souk:holding-merchants', hold.merchantId);
    await house.trade.jobs.sweepHolds();
    expect(await redis().llen(`${prefix()}untold`)).toBe(0);
    const ended = (await house.entriesOf(showId)).filter(({ type }) => type === 'hold:ended');
    expect(ended.map(({ data }) => data)).toEqual([{ holdId: hold.id, reason: 'expired' }]);
  });

  it('lets a hold go on whose claim was begun and never written', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 3 });
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId, saleId });
    await leaveClaiming(hold);
    await house.trade.jobs.sweepHolds();
    expect(await statusOf(hold)).toBe('active');
    expect(await counts(saleId)).toEqual([3, 1]);
    expect((await place(buyer, [hold])).status).toBe('pending_payment');
    expect(await counts(saleId)).toEqual([2, 0]);
  });

  it('brings counts to Redis that whoever changed them did not', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 3 });
    await redis().hset(`${prefix()}pools`, `${saleId}|supply`, 9, `${saleId}|version`, 0);
    await house.trade.jobs.sweepHolds();
    expect(await counts(saleId)).toEqual([3, 0]);
  });

  it('brings a sale back that Redis has lost, with all who have bought from it', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 3 });
    const buyer = await house.guest();
    await place(buyer, [await take(buyer, showId, { variantId, saleId })]);
    const longAgo = Date.now() - 3_600_000;
    const { orm } = house.commerce.foundation.db;
    await orm.update(saleBuyers).set({ updatedAt: longAgo }).where(eq(saleBuyers.saleId, saleId));
    await orm.update(sales).set({ updatedAt: longAgo }).where(eq(sales.id, saleId));
    await redis().del(...(await redis().keys(`${prefix()}*`)), 'souk:pools-mended-at');
    await house.trade.jobs.sweepHolds();
    expect(await counts(saleId)).toEqual([2, 0]);
    expect(await tryTake(buyer, showId, { variantId, saleId })).toBe('BUYER_LIMIT_REACHED');
    expect(await tryTake(await house.guest(), showId, { variantId, saleId })).toBe('OK');
  });

  it('brings counts to Redis that changed while it was away for longer than the look back', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 3 });
    const { db } = house.commerce.foundation;
    const begunAt = Date.now();
    const availability = { refresh: vi.fn(async () => undefined) };
    const mendAt = (at: number) =>
      createMendPools({ db, redis: redis(), availability, clock: { now: () => at } })();
    await mendAt(begunAt);
    await db.orm
      .update(sales)
      .set({ updatedAt: begunAt + 1_000 })
      .where(eq(sales.id, saleId));
    availability.refresh.mockClear();
    await mendAt(begunAt + 60_000);
    expect(availability.refresh).toHaveBeenCalledWith(
      house.shop.merchantId,
      expect.objectContaining({ saleIds: expect.arrayContaining([saleId]) }),
    );
  });

  it('writes the count of a variant once however often it looks back, and again when Redis has gone back', async () => {
    const { variantId } = await house.goLive();
    const { db } = house.commerce.foundation;
    const availability = { refresh: vi.fn(async (_merchantId: string, _names: PoolNames) => undefined) };
    const mend = createMendPools({ db, redis: redis(), availability, clock: systemClock });
    const broughtBy = async (): Promise<boolean> => {
      availability.refresh.mockClear();
      await mend();
      return availability.refresh.mock.calls.some(([, names]) => names.variantIds.includes(variantId));
    };
    expect(await broughtBy()).toBe(true);
    expect(await broughtBy()).toBe(false);
    await db.orm
      .update(stock)
      .set({ version: sql`${stock.version} + 1`, updatedAt: Date.now() })
      .where(eq(stock.variantId, variantId));
    expect(await broughtBy()).toBe(true);
    await redis().set('souk:pools-mended-at', Date.now() - 5_000);
    expect(await broughtBy()).toBe(true);
  });

  it('writes a whole catalogue in slices, so that buyers get their turn between them', async () => {
    const { foundation } = house.commerce;
    const sync = vi.fn(async () => []);
    const availability = createAvailability({
      ...foundation,
      holds: { ...createHoldStore(redis()), sync },
      levels: { touch: () => undefined, close: async () => undefined },
      soldOut: { notice: () => undefined, check: async () => undefined, close: async () => undefined },
      soldOutMemory: createSoldOutMemory(foundation),
    });
    const variantIds = Array.from({ length: 1_001 }, () => createId('variant'));
    await availability.refresh(house.shop.merchantId, { variantIds, saleIds: [] });
    expect(sync).toHaveBeenCalledTimes(3);
  });
});

async function ownerOf(hold: Hold): Promise<string> {
  return (await redis().hget(`${prefix()}hold:${hold.id}`, 'buyer')) ?? '';
}
