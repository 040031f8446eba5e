import { createId } from '@souk/protocol/ids';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sales } from '../db/schema/sales.ts';
import { createHoldStore } from '../inventory/hold-store.ts';
import { place, startTestTrade, type TestTrade, take, tryTake } from '../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade({ HOLD_SECONDS: '5' });
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const wish = { units: 5, priceMinor: 1_900, perBuyerLimit: 1, seconds: 60 };

describe('sale:start', () => {
  it('refuses a price of nothing, units that are not there, and a variant that is not in the line-up', async () => {
    const { showId, variantId } = await house.goLive();
    const start = async (change: object): Promise<string> => {
      const body = { ...wish, variantId, ...change };
      const answer = await house.host.send('sale:start', { params: { showId }, body });
      return answer.ok ? 'OK' : answer.error.code;
    };
    const before = await house.stockOf(variantId);
    expect(await start({ priceMinor: 0 })).toBe('INVALID_PRICE');
    expect(await start({ priceMinor: -5 })).toBe('INVALID_PRICE');
    expect(await start({ units: before.available + 1 })).toBe('INSUFFICIENT_STOCK');
    expect(await start({ variantId: createId('variant') })).toBe('VARIANT_NOT_FOUND');
    await house.host.get('lineup:set', { params: { showId }, body: { productIds: [] } });
    expect(await start({})).toBe('PRODUCT_NOT_IN_LINEUP');
    expect(await house.stockOf(variantId)).toEqual(before);
  });

  it('refuses a second sale of the same variant, also when both start at once', async () => {
    const { showId, variantId } = await house.goLive();
    const body = { ...wish, variantId };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => house.host.send('sale:start', { params: { showId }, body })),
    );
    const codes = answers.map((answer) => (answer.ok ? 'OK' : answer.error.code)).sort();
    expect(codes).toEqual(['OK', 'SALE_ALREADY_RUNNING', 'SALE_ALREADY_RUNNING', 'SALE_ALREADY_RUNNING']);
    await house.host.get('show:end', { params: { showId } });
  });

  it('lets two shows sell the same variant, each from units of its own', async () => {
    const first = await house.goLive();
    const second = await house.goLive();
    const { variantId } = first;
    const { lineup } = await house.host.get('show:get', { params: { showId: first.showId } });
    const productIds = lineup.map(({ id }) => id);
    await house.host.get('lineup:set', { params: { showId: second.showId }, body: { productIds } });
    const before = await house.stockOf(variantId);
    for (const { showId } of [first, second]) await house.startSale(showId, variantId, { units: 2 });
    expect((await house.stockOf(variantId)).available).toBe(before.available - 4);
    for (const { showId } of [first, second]) await house.host.get('show:end', { params: { showId } });
  });

  it('does not set units aside that somebody holds at the ordinary price', async () => {
    const { showId, otherVariantId: variantId } = await house.goLive();
    const { available } = await house.stockOf(variantId);
    await take(await house.guest(), showId, { variantId, quantity: 2 });
    const start = (units: number) =>
      house.host.send('sale:start', { params: { showId }, body: { ...wish, variantId, units } });
    expect(await start(available - 1)).toMatchObject({ error: { code: 'INSUFFICIENT_STOCK' } });
    expect(await start(available - 2)).toMatchObject({ ok: true });
    await house.host.get('show:end', { params: { showId } });
  });
});

describe('the end of a sale', () => {
  it('gives unheld units back at once and keeps those of running holds until they are claimed or settled', async () => {
    const { showId, variantId } = await house.goLive();
    const before = await house.stockOf(variantId);
    const saleId = await house.startSale(showId, variantId, { units: 10 });
    const [claiming, idle, paying] = [await house.guest(), await house.guest(), await house.guest()];
    await place(paying, [await take(paying, showId, { variantId, saleId })]);
    const hold = await take(claiming, showId, { variantId, saleId });
    await take(idle, showId, { variantId, saleId });
    expect(await house.stockOf(variantId)).toMatchObject({ allocated: 9, reserved: 1 });
    await house.host.get('sale:stop', { params: { showId, saleId } });
    expect(await house.stockOf(variantId)).toMatchObject({
      allocated: 2,
      reserved: 1,
      available: before.available - 3,
    });
    await place(claiming, [hold]);
    expect(await house.stockOf(variantId)).toMatchObject({
      allocated: 1,
      reserved: 2,
      available: before.available - 3,
    });
    await vi.waitFor(
      async () =>
        expect(await house.stockOf(variantId)).toMatchObject({
          allocated: 0,
          available: before.available - 2,
        }),
      { timeout: 25_000, interval: 100 },
    );
  });

  it('comes by itself when its time is up, and with the show', async () => {
    const { showId, variantId, otherVariantId } = await house.goLive();
    const { available } = await house.stockOf(variantId);
    const saleId = await house.startSale(showId, variantId, { seconds: 5, units: 3 });
    await house.startSale(showId, otherVariantId, { units: 1 });
    await vi.waitFor(
      async () => expect(await house.stockOf(variantId)).toMatchObject({ allocated: 0, available }),
      {
        timeout: 25_000,
        interval: 100,
      },
    );
    expect(await tryTake(await house.guest(), showId, { variantId, saleId })).toBe('SALE_NOT_OPEN');
    await house.host.get('show:end', { params: { showId } });
    const entries = await house.entriesOf(showId);
    const ends = entries.flatMap((entry) => (entry.type === 'sale:ended' ? [entry.data.reason] : []));
    expect(ends).toEqual(['time-up', 'show-ended']);
    expect(await house.stockOf(otherVariantId)).toMatchObject({ allocated: 0 });
  });

  it('that was begun and never written does not keep the sale shut for long', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId);
    const { redis } = house.commerce.foundation;
    await createHoldStore(redis).closeSale(house.shop.merchantId, saleId);
    const guest = await house.guest();
    expect(await tryTake(guest, showId, { variantId, saleId })).toBe('SALE_NOT_OPEN');
    // As if a minute had passed.
    await redis.hincrby(`souk:{${house.shop.merchantId}}:sale:${saleId}`, 'closed', -60_000);
    expect(await tryTake(guest, showId, { variantId, saleId })).toBe('OK');
    await house.host.get('show:end', { params: { showId } });
  });

  it('is known long afterwards, also when Redis has forgotten the sale', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId);
    await house.host.get('sale:stop', { params: { showId, saleId } });
    const { db, redis } = house.commerce.foundation;
    const longAgo = Date.now() - 172_800_000;
    await db.orm.update(sales).set({ startsAt: longAgo, endsAt: longAgo }).where(eq(sales.id, saleId));
    await redis.del(`souk:{${house.shop.merchantId}}:sale:${saleId}`);
    expect(await tryTake(await house.guest(), showId, { variantId, saleId })).toBe('SALE_NOT_OPEN');
    await house.host.get('show:end', { params: { showId } });
  });
});
