import type { Hold } from '@souk/protocol/http/buying';
import { createId, userIdSchema } from '@souk/protocol/ids';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  orderOf,
  place,
  startTestTrade,
  type TestTrade,
  take,
  tryTake,
  withKey,
} from '../testing/test-trade.ts';
import { createHoldStore } from './hold-store.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade({ HOLD_SECONDS: '5' });
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const restock = async (variantId: string, delta: number): Promise<void> => {
  const params = { merchantId: house.shop.merchantId, variantId };
  await house.merchant.get('stock:adjust', { params, body: { delta, reason: 'test' } });
};

describe('a hold', () => {
  it('takes a whole cart or nothing', async () => {
    const { showId, variantId, otherVariantId } = await house.goLive();
    const buyer = await house.guest();
    const line = (id: typeof variantId, quantity: number) => ({ variantId: id, saleId: null, quantity });
    const saleId = await house.startSale(showId, otherVariantId, { units: 2, perBuyerLimit: 5 });
    const lines = [line(variantId, 1), { variantId: otherVariantId, saleId, quantity: 3 }];
    const refused = await buyer.send('hold:take', { params: { showId }, body: { lines } });
    expect(refused).toMatchObject({ ok: false, error: { code: 'SOLD_OUT' } });
    expect((await buyer.get('hold:list')).holds).toEqual([]);
    const { hold } = await buyer.get('hold:take', {
      params: { showId },
      body: { lines: [line(variantId, 1), { variantId: otherVariantId, saleId, quantity: 2 }] },
    });
    expect(hold.lines.map(({ unitPriceMinor }) => unitPriceMinor)).toEqual([3_900, 1_900]);
    await buyer.get('hold:release', { params: { holdId: hold.id } });
    expect(await tryTake(buyer, showId, { variantId: otherVariantId, saleId, quantity: 2 })).toBe('OK');
  });

  it('that is asked for twice, because the first answer got lost, takes its units once', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 3 });
    const buyer = await house.guest();
    const { expiresAt, status: _status, ...view } = await take(buyer, showId, { variantId, saleId });
    const store = createHoldStore(house.commerce.foundation.redis);
    const buyerId = userIdSchema.parse(
      await house.commerce.foundation.redis.hget(`souk:{${view.merchantId}}:hold:${view.id}`, 'buyer'),
    );
    const lines = [{ pool: saleId, saleId, quantity: 1 }];
    const again = await store.take({ view, buyerId, lines, windowMs: 60_000 });
    expect(again).toMatchObject({ code: 'OK', expiresAt });
    expect((await store.counts(view.merchantId, [saleId])).get(saleId)).toEqual({ left: 2, held: 1 });
  });

  it('is in the cart of its buyer also when whoever took it died before saying so', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 3 });
    const buyer = await house.guest();
    const { redis } = house.commerce.foundation;
    const store = createHoldStore(redis);
    const { expiresAt: _at, status: _status, ...view } = await take(buyer, showId, { variantId, saleId });
    const { merchantId } = view;
    const buyerId = userIdSchema.parse(await redis.hget(`souk:{${merchantId}}:hold:${view.id}`, 'buyer'));
    await buyer.get('hold:release', { params: { holdId: view.id } });

    const lost = { ...view, id: createId('hold') };
    // Its connection ends as soon as the script is done: nothing can be written after it.
    const dying = redis.duplicate();
    const [taken] = await Promise.all([
      createHoldStore(dying).take({
        ...{ view: lost, buyerId, windowMs: 60_000 },
        lines: [{ pool: saleId, saleId, quantity: 1 }],
      }),
      dying.quit(),
    ]);
    expect(taken.code).toBe('OK');
    expect(await tryTake(buyer, showId, { variantId, saleId })).toBe('BUYER_LIMIT_REACHED');
    expect((await buyer.get('hold:list')).holds).toMatchObject([{ id: lost.id, status: 'active' }]);
    await buyer.get('hold:release', { params: { holdId: lost.id } });
    await buyer.get('hold:release', { params: { holdId: lost.id } });
    expect(await tryTake(buyer, showId, { variantId, saleId })).toBe('OK');
    expect((await store.listActive(buyerId)).holds).toHaveLength(1);
  });

  it('is refused to who holds as many units of a variant, or has as many holds, as one person may', async () => {
    const { showId, variantId, otherVariantId } = await house.goLive();
    await Promise.all([restock(variantId, 100), restock(otherVariantId, 100)]);
    const [greedy, patient] = [await house.guest(), await house.guest()];
    expect(await tryTake(greedy, showId, { variantId, quantity: 20 })).toBe('OK');
    expect(await tryTake(greedy, showId, { variantId })).toBe('HOLD_LIMIT_REACHED');
    expect(await tryTake(greedy, showId, { variantId: otherVariantId })).toBe('OK');
    const held: Hold[] = [];
    for (let count = 0; count < 20; count += 1)
      held.push(await take(patient, showId, { variantId: count < 10 ? variantId : otherVariantId }));
    expect(await tryTake(patient, showId, { variantId })).toBe('HOLD_LIMIT_REACHED');
    for (const { id: holdId } of held.slice(0, 1)) await patient.get('hold:release', { params: { holdId } });
    expect(await tryTake(patient, showId, { variantId })).toBe('OK');
  });

  it('leaves nothing behind for the sweeper once it has ended', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const store = createHoldStore(house.commerce.foundation.redis);
    const hold = await take(buyer, showId, { variantId });
    expect(await store.merchants()).toContain(hold.merchantId);
    await buyer.get('hold:release', { params: { holdId: hold.id } });
    await vi.waitFor(
      async () => {
        await house.trade.jobs.sweepHolds();
        expect(await store.merchants()).toEqual([]);
      },
      { timeout: 10_000 },
    );
  });

  it('keeps to the limit per buyer, the window of the sale, and the units', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 2 });
    const [first, second, third] = [await house.guest(), await house.guest(), await house.guest()];
    expect(await tryTake(first, showId, { variantId, saleId })).toBe('OK');
    expect(await tryTake(first, showId, { variantId, saleId })).toBe('BUYER_LIMIT_REACHED');
    expect(await tryTake(second, showId, { variantId, saleId })).toBe('OK');
    expect(await tryTake(third, showId, { variantId, saleId })).toBe('SOLD_OUT');
    expect(await tryTake(third, showId, { variantId, saleId: createId('sale') })).toBe('SALE_NOT_FOUND');
    await house.host.get('sale:stop', { params: { showId, saleId } });
    expect(await tryTake(third, showId, { variantId, saleId })).toBe('SALE_NOT_OPEN');
  });

  it('is had as soon as a unit has come back, by this node or by another, after many were told that there is none', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 1 });
    const [owner, late, other] = [await house.guest(), await house.guest(), await house.guest()];
    const { redis } = house.commerce.foundation;
    const tryLate = () => tryTake(late, showId, { variantId, saleId });
    const held = await take(owner, showId, { variantId, saleId });
    for (const _again of [1, 2, 3]) expect(await tryLate()).toBe('SOLD_OUT');
    await owner.get('hold:release', { params: { holdId: held.id } });
    expect(await tryLate()).toBe('OK');

    const [mine] = (await late.get('hold:list')).holds;
    if (mine === undefined) throw new Error('there is no hold');
    expect(await tryTake(other, showId, { variantId, saleId })).toBe('SOLD_OUT');
    const buyer = userIdSchema.parse(await redis.hget(`souk:{${mine.merchantId}}:hold:${mine.id}`, 'buyer'));
    await createHoldStore(redis).release(mine.merchantId, mine.id, buyer);
    await eventually(async () => expect(await tryTake(other, showId, { variantId, saleId })).toBe('OK'));
  });

  it('ends once: released or expired, with its unit back and its owner told of the expiry', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 1 });
    const [owner, other] = [await house.guest(), await house.guest()];
    const hold = await take(owner, showId, { variantId, saleId });
    const body = await orderOf(owner, [hold]);
    expect(await other.send('hold:release', { params: { holdId: hold.id } })).toMatchObject({
      ok: false,
      error: { code: 'HOLD_NOT_FOUND' },
    });
    expect(await tryTake(other, showId, { variantId, saleId })).toBe('SOLD_OUT');
    await vi.waitFor(async () => expect(await tryTake(other, showId, { variantId, saleId })).toBe('OK'), {
      timeout: 20_000,
      interval: 100,
    });
    expect(await owner.send('hold:release', { params: { holdId: hold.id } })).toMatchObject({
      error: { code: 'HOLD_EXPIRED' },
    });
    expect(await owner.send('order:place', { body }, withKey())).toMatchObject({
      error: { code: 'HOLD_EXPIRED' },
    });
    await house.trade.jobs.sweepHolds();
    const entries = await house.entriesOf(showId);
    const ended = entries.filter(({ type }) => type === 'hold:ended');
    expect(ended.map(({ data }) => data)).toEqual([{ holdId: hold.id, reason: 'expired' }]);
  });

  it('tells when a sale has sold out and when it has units again', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 1 });
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId, saleId });
    const saleTypes = async () =>
      (await house.entriesOf(showId)).map(({ type }) => type).filter((type) => type.startsWith('sale:'));
    await eventually(async () => expect(await saleTypes()).toEqual(['sale:started', 'sale:sold-out']));
    await buyer.get('hold:release', { params: { holdId: hold.id } });
    await eventually(async () =>
      expect(await saleTypes()).toEqual(['sale:started', 'sale:sold-out', 'sale:restocked']),
    );
    const { redis } = house.commerce.foundation;
    await eventually(async () =>
      expect(await redis.hget(`souk:{${showId}}:levels`, `unitsLeft:${saleId}`)).toBe('1'),
    );
  });

  it('is refused outside of the show, the line-up and the policy', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    expect(await tryTake(buyer, createId('show'), { variantId })).toBe('SHOW_NOT_FOUND');
    expect(await tryTake(buyer, showId, { variantId: createId('variant') })).toBe('VARIANT_NOT_FOUND');
    const params = { merchantId: house.shop.merchantId };
    await house.merchant.get('merchant:set-policy', {
      params,
      body: { guestsMayChat: true, guestsMayBuy: false },
    });
    await eventually(async () =>
      expect(await tryTake(buyer, showId, { variantId })).toBe('GUESTS_NOT_ALLOWED'),
    );
    await house.merchant.get('merchant:set-policy', {
      params,
      body: { guestsMayChat: true, guestsMayBuy: true },
    });
    await house.host.get('show:end', { params: { showId } });
    await eventually(async () => expect(await tryTake(buyer, showId, { variantId })).toBe('SHOW_ENDED'));
  });
});

describe('Redis lost in the middle of a sale', () => {
  it('is filled again from PostgreSQL; holds are lost, and no unit is sold twice', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 2 });
    const [first, second] = [await house.guest(), await house.guest()];
    await place(first, [await take(first, showId, { variantId, saleId })]);
    const lost = await take(second, showId, { variantId, saleId });
    const body = await orderOf(second, [lost]);
    const { redis } = house.commerce.foundation;
    const keys = await redis.keys(`souk:{${house.shop.merchantId}}:*`);
    await redis.del(...keys);
    expect(await second.send('order:place', { body }, withKey())).toMatchObject({
      error: { code: 'HOLD_LOST' },
    });
    expect(await tryTake(first, showId, { variantId, saleId })).toBe('BUYER_LIMIT_REACHED');
    const third = await house.guest();
    expect(await tryTake(third, showId, { variantId, saleId })).toBe('OK');
    expect(await tryTake(second, showId, { variantId, saleId })).toBe('SOLD_OUT');
  });

  it('may lie about the units: the order finds out, the hold is ended, and Redis is corrected', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 1 });
    const [first, second] = [await house.guest(), await house.guest()];
    const { redis } = house.commerce.foundation;
    await place(first, [await take(first, showId, { variantId, saleId })]);
    await redis.hset(`souk:{${house.shop.merchantId}}:pools`, `${saleId}|supply`, 7);
    const hold = await take(second, showId, { variantId, saleId });
    const body = await orderOf(second, [hold]);
    expect(await second.send('order:place', { body }, withKey())).toMatchObject({
      error: { code: 'HOLD_LOST' },
    });
    expect((await second.get('hold:list')).holds).toEqual([]);
    expect(await tryTake(second, showId, { variantId, saleId })).toBe('SOLD_OUT');
    expect(await redis.hget(`souk:{${house.shop.merchantId}}:pools`, `${saleId}|held`)).toBe('0');
  });
});

describe('stock:adjust', () => {
  it('changes what can be bought, and refuses to take what is not there', async () => {
    const { showId, otherVariantId: variantId } = await house.goLive();
    const { available } = await house.stockOf(variantId);
    const params = { merchantId: house.shop.merchantId, variantId };
    const take = { delta: -(available + 1), reason: 'broken' };
    expect(await house.merchant.send('stock:adjust', { params, body: take })).toMatchObject({
      error: { code: 'INSUFFICIENT_STOCK' },
    });
    await restock(variantId, -available);
    const buyer = await house.guest();
    expect(await tryTake(buyer, showId, { variantId })).toBe('SOLD_OUT');
    await restock(variantId, 3);
    expect(await tryTake(buyer, showId, { variantId, quantity: 3 })).toBe('OK');
  });
});
