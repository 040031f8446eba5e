import type { Sale } from '@souk/protocol/http/sales';
import { createId, type SaleId, type ShowId, type VariantId } from '@souk/protocol/ids';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestNode } from '../testing/test-node.ts';
import { place, startTestTrade, type TestTrade, take, tryTake, withKey } from '../testing/test-trade.ts';

let house: TestTrade;
let showId: ShowId;
let variantId: VariantId;
let otherVariantId: VariantId;
beforeAll(async () => {
  house = await startTestTrade({ HOLD_SECONDS: '5' });
});
beforeEach(async () => {
  ({ showId, variantId, otherVariantId } = await house.goLive());
});
afterEach(async () => {
  await house.host.send('show:end', { params: { showId } });
});
afterAll(async () => {
  await house.trade.jobs.sweepHolds();
  await house.assertInvariants();
  await house.stop();
});

const extend = async (saleId: SaleId, seconds: number, key?: string) => {
  const answer = await house.host.send(
    'sale:extend',
    { params: { showId, saleId }, body: { seconds } },
    withKey(key),
  );
  return answer.ok ? answer.data.sale.endsAt : answer.error.code;
};
const restock = async (saleId: SaleId, units: number, key?: string) => {
  const answer = await house.host.send(
    'sale:restock',
    { params: { showId, saleId }, body: { units } },
    withKey(key),
  );
  return answer.ok ? answer.data.sale.units : answer.error.code;
};
const listed = async (saleId: SaleId): Promise<Sale> => {
  const { sales } = await house.host.get('sale:list', { params: { showId } });
  const sale = sales.find(({ id }) => id === saleId);
  if (sale === undefined) throw new Error('a sale was expected');
  return sale;
};
const factsInRedis = (saleId: SaleId) =>
  house.commerce.foundation.redis.hmget(
    `souk:{${house.shop.merchantId}}:sale:${saleId}`,
    'endsAt',
    'version',
  );

describe('sale:extend', () => {
  it('puts the end off, once per key, and the old end passes by', async () => {
    const saleId = await house.startSale(showId, variantId, { seconds: 5 });
    const { endsAt } = await listed(saleId);
    const key = createId('command');
    const answers = await Promise.all([extend(saleId, 4, key), extend(saleId, 4, key)]);
    expect(answers).toEqual([endsAt + 4_000, endsAt + 4_000]);
    expect(await extend(saleId, 5, key)).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await restock(saleId, 4, key)).toBe('IDEMPOTENCY_KEY_REUSED');
    const told = (await house.entriesOf(showId)).filter(({ type }) => type === 'sale:extended');
    expect(told).toMatchObject([{ data: { saleId, endsAt: endsAt + 4_000 } }]);
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(endsAt + 500), { timeout: 10_000 });
    expect(await tryTake(await house.guest(), showId, { variantId, saleId })).toBe('OK');
    expect((await listed(saleId)).status).toBe('running');
    await vi.waitFor(async () => expect((await listed(saleId)).status).toBe('ended'), { timeout: 15_000 });
    expect(Date.now()).toBeGreaterThanOrEqual(endsAt + 4_000);
    expect(await extend(saleId, 5)).toBe('SALE_NOT_OPEN');
    expect(await extend(saleId, 4, key)).toBe(endsAt + 4_000);
  });

  it('cannot be undone in Redis by older facts', async () => {
    const saleId = await house.startSale(showId, variantId);
    const { holds } = createTestNode(house);
    const before = await listed(saleId);
    const endsAt = await extend(saleId, 30);
    const { startsAt } = before;
    const old = {
      id: saleId,
      version: 1,
      limit: 1,
      startsAt,
      endsAt: before.endsAt,
      closed: false,
      buyers: {},
    };
    await holds.sync(house.shop.merchantId, { pools: [], sales: [old] });
    expect(await factsInRedis(saleId)).toEqual([String(endsAt), '2']);
  });

  it('is bounded by an hour, by the next sale of the variant, and by the end', async () => {
    const saleId = await house.startSale(showId, variantId, { seconds: 3_000 });
    expect(await extend(saleId, 601)).toBe('SALE_TOO_LONG');
    const { endsAt } = await listed(saleId);
    const next = {
      ...{ variantId, units: 1, priceMinor: 900, perBuyerLimit: 1, seconds: 60, countdownSeconds: 0 },
      startsAt: endsAt + 60_000,
    };
    await house.host.get('sale:start', { params: { showId }, body: next });
    expect(await extend(saleId, 61)).toBe('SALE_ALREADY_RUNNING');
    expect(await extend(saleId, 60)).toBe(endsAt + 60_000);
    await house.host.get('sale:stop', { params: { showId, saleId } });
    expect(await extend(saleId, 1)).toBe('SALE_NOT_OPEN');
    expect(await extend(createId('sale'), 1)).toBe('SALE_NOT_FOUND');
    const other = await house.goLive();
    const params = { showId: other.showId, saleId };
    expect(await house.host.send('sale:extend', { params, body: { seconds: 1 } }, withKey())).toMatchObject({
      error: { code: 'SALE_NOT_FOUND' },
    });
  });
});

describe('sale:restock', () => {
  it('sets more units aside, once per key, and never more than there are', async () => {
    const saleId = await house.startSale(showId, variantId, { units: 1 });
    const [first, second] = [await house.guest(), await house.guest()];
    await take(first, showId, { variantId, saleId });
    expect(await tryTake(second, showId, { variantId, saleId })).toBe('SOLD_OUT');
    const key = createId('command');
    expect(await Promise.all([restock(saleId, 2, key), restock(saleId, 2, key)])).toEqual([3, 3]);
    expect(await house.stockOf(variantId)).toMatchObject({ allocated: 3, available: 17 });
    expect(await tryTake(second, showId, { variantId, saleId })).toBe('OK');
    expect(await restock(saleId, 18)).toBe('INSUFFICIENT_STOCK');
    await take(await house.guest(), showId, { variantId, quantity: 2 });
    expect(await restock(saleId, 16)).toBe('INSUFFICIENT_STOCK');
    expect(await restock(saleId, 1_000_000_000)).toBe('INSUFFICIENT_STOCK');
    expect(await restock(saleId, 15)).toBe(18);
    const told = (await house.entriesOf(showId)).flatMap((entry) =>
      entry.type === 'sale:restocked' && entry.data.units !== undefined ? [entry.data.units] : [],
    );
    expect(told).toEqual([3, 18]);
    await house.host.get('sale:stop', { params: { showId, saleId } });
    expect(await restock(saleId, 1)).toBe('SALE_NOT_OPEN');
  });
});

describe('the total limit', () => {
  it('bounds what a sale sells, however many units are set aside', async () => {
    const wish = { variantId, units: 5, priceMinor: 900, perBuyerLimit: 3, seconds: 60, countdownSeconds: 0 };
    const { sale } = await house.host.get('sale:start', {
      params: { showId },
      body: { ...wish, totalLimit: 3 },
    });
    expect(sale).toMatchObject({ units: 5, totalLimit: 3 });
    const [first, second] = [await house.guest(), await house.guest()];
    await place(first, [await take(first, showId, { variantId, saleId: sale.id, quantity: 2 })]);
    expect(await tryTake(second, showId, { variantId, saleId: sale.id, quantity: 2 })).toBe('SOLD_OUT');
    const hold = await take(second, showId, { variantId, saleId: sale.id });
    await restock(sale.id, 5);
    expect(await tryTake(await house.guest(), showId, { variantId, saleId: sale.id })).toBe('SOLD_OUT');
    await place(second, [hold]);
    expect(await tryTake(await house.guest(), showId, { variantId, saleId: sale.id })).toBe('SOLD_OUT');
    expect((await listed(sale.id)).claimed).toBe(3);
    await house.host.get('sale:stop', { params: { showId, saleId: sale.id } });
    expect(await house.stockOf(variantId)).toMatchObject({ allocated: 0, reserved: 3 });
  });
});

describe('a sale on a bundle', () => {
  it('sets the parts aside as they are then, and moves them until its end', async () => {
    const params = { merchantId: house.shop.merchantId };
    const draft = (parts: { variantId: VariantId; quantity: number }[], sku = createId('variant')) => ({
      title: 'Set',
      description: '',
      variants: [{ sku, options: {}, label: '', priceMinor: 9_000, weightGrams: 0, sizeMm: null, parts }],
    });
    const parts = [
      { variantId, quantity: 2 },
      { variantId: otherVariantId, quantity: 1 },
    ];
    const { product } = await house.merchant.get('product:create', { params, body: draft(parts) });
    const [bundle] = product.variants;
    if (bundle === undefined) throw new Error('a bundle was expected');
    await house.host.get('lineup:set', { params: { showId }, body: { productIds: [product.id] } });
    const start = (units: number) => {
      const wish = {
        variantId: bundle.id,
        priceMinor: 7_000,
        perBuyerLimit: 2,
        seconds: 60,
        countdownSeconds: 0,
      };
      return house.host.send('sale:start', { params: { showId }, body: { ...wish, units } });
    };
    expect(await start(11)).toMatchObject({ error: { code: 'INSUFFICIENT_STOCK' } });
    expect(await start(1_000_000_000)).toMatchObject({ error: { code: 'INSUFFICIENT_STOCK' } });
    const answer = await start(4);
    if (!answer.ok) throw new Error(answer.error.code);
    const saleId = answer.data.sale.id;
    expect(await house.stockOf(variantId)).toMatchObject({ allocated: 8, available: 12 });
    expect(await house.stockOf(otherVariantId)).toMatchObject({ allocated: 4, available: 16 });
    expect(await restock(saleId, 1)).toBe(5);
    expect(await house.stockOf(variantId)).toMatchObject({ allocated: 10 });

    const [buyer, idle] = [await house.guest(), await house.guest()];
    const hold = await take(buyer, showId, { variantId: bundle.id, saleId });
    await take(idle, showId, { variantId: bundle.id, saleId });
    await place(buyer, [hold]);
    expect(await house.stockOf(variantId)).toMatchObject({ allocated: 8, reserved: 2 });
    await house.host.get('sale:stop', { params: { showId, saleId } });
    expect(await house.stockOf(variantId)).toMatchObject({ allocated: 2, reserved: 2 });
    expect(await house.stockOf(otherVariantId)).toMatchObject({ allocated: 1, reserved: 1 });
    await vi.waitFor(
      async () => expect(await house.stockOf(variantId)).toMatchObject({ allocated: 0, reserved: 2 }),
      { timeout: 25_000, interval: 100 },
    );
    expect(await house.stockOf(otherVariantId)).toMatchObject({ allocated: 0, reserved: 1 });
  });
});
