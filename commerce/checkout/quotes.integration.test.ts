import { createId, type QuoteId } from '@souk/protocol/ids';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { variants } from '../db/schema/catalog.ts';
import { quotes } from '../db/schema/checkout.ts';
import { testAddress } from '../testing/test-address.ts';
import { orderOf, quote, startTestTrade, type TestTrade, take, withKey } from '../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

/** A guest in a new show with one unit held. */
const holdOne = async () => {
  const { showId, variantId, otherVariantId } = await house.goLive();
  const buyer = await house.guest();
  const hold = await take(buyer, showId, { variantId });
  return { showId, variantId, otherVariantId, buyer, hold };
};

/** As if a quote had been given an hour earlier than it was. */
const letExpire = async (id: QuoteId): Promise<void> => {
  const expiresAt = Date.now() - 2_700_000;
  const aged = sql`jsonb_set(${quotes.quote}, '{expiresAt}', ${String(expiresAt)}::jsonb)`;
  await house.commerce.foundation.db.orm
    .update(quotes)
    .set({ expiresAt, quote: aged })
    .where(eq(quotes.id, id));
};

const createCoupon = async (code: string, draft: object = {}): Promise<void> => {
  const benefit = { kind: 'percent', percent: 10 } as const;
  await house.merchant.get('coupon:create', {
    params: { merchantId: house.shop.merchantId },
    body: { code, benefit, ...draft },
  });
};

describe('a quote', () => {
  it('lasts for fifteen minutes, and its totals hold whatever prices do meanwhile', async () => {
    const { buyer, hold, variantId } = await holdOne();
    const before = Date.now();
    const { quote: given, serverTime } = await buyer.get('quote:create', { body: { holdIds: [hold.id] } });
    expect(serverTime).toBeGreaterThanOrEqual(before);
    expect(given.expiresAt - serverTime).toBe(900_000);
    expect(given).toMatchObject({ country: 'DE', coupon: null, holdIds: [hold.id] });
    expect(given.lines).toMatchObject([{ variantId, quantity: 1, unitPriceMinor: 3_900 }]);
    await house.commerce.foundation.db.orm
      .update(variants)
      .set({ priceMinor: 9_900 })
      .where(eq(variants.id, variantId));
    const body = { quoteId: given.id, address: testAddress };
    const { order } = await buyer.get('order:place', { body }, withKey());
    expect(order.totals).toEqual(given.totals);
    expect(order.totals).toMatchObject({ itemsMinor: 3_900, totalMinor: 4_390 });
  });

  it('is refused once it has expired, but an order under its key gives the same answer for ever', async () => {
    const { buyer, hold, showId, otherVariantId } = await holdOne();
    const body = await orderOf(buyer, [hold]);
    const key = createId('command');
    const { order } = await buyer.get('order:place', { body }, withKey(key));
    await letExpire(body.quoteId);
    expect((await buyer.get('order:place', { body }, withKey(key))).order.id).toBe(order.id);
    const late = await orderOf(buyer, [await take(buyer, showId, { variantId: otherVariantId })]);
    await letExpire(late.quoteId);
    expect(await buyer.send('order:place', { body: late }, withKey())).toMatchObject({
      error: { code: 'QUOTE_EXPIRED' },
    });
  });

  it('is for one country', async () => {
    const { buyer, hold } = await holdOne();
    const { id: quoteId, totals } = await quote(buyer, [hold], { country: 'US' });
    expect(totals).toMatchObject({ shippingMinor: 1_990, taxMinor: 0, dutiesMinor: 0 });
    const body = { quoteId, address: testAddress };
    expect(await buyer.send('order:place', { body }, withKey())).toMatchObject({
      error: { code: 'QUOTE_MISMATCH' },
    });
  });

  it('is removed some time after it has expired', async () => {
    const { buyer, hold } = await holdOne();
    const [old, young] = [await quote(buyer, [hold]), await quote(buyer, [hold])];
    const { orm } = house.commerce.foundation.db;
    await orm
      .update(quotes)
      .set({ expiresAt: Date.now() - 7_200_000 })
      .where(eq(quotes.id, old.id));
    await house.trade.jobs.sweepHolds();
    expect(await orm.select().from(quotes).where(eq(quotes.id, old.id))).toEqual([]);
    expect(await orm.select().from(quotes).where(eq(quotes.id, young.id))).toHaveLength(1);
  });
});

describe('a coupon in a quote', () => {
  it('takes its share off, is redeemed with the order, and given back when the order is cancelled', async () => {
    await createCoupon('TENTH');
    const { buyer, hold, showId, variantId } = await holdOne();
    const body = await orderOf(buyer, [hold], { couponCode: 'tenth' });
    const { order } = await buyer.get('order:place', { body }, withKey());
    expect(order).toMatchObject({
      couponCode: 'TENTH',
      totals: { itemsMinor: 3_900, discountMinor: 390, totalMinor: 4_000, taxMinor: 639 },
    });
    const again = await take(buyer, showId, { variantId });
    const refused = { holdIds: [again.id], couponCode: 'TENTH' };
    expect(await buyer.send('quote:create', { body: refused })).toMatchObject({
      error: { code: 'COUPON_LIMIT_REACHED' },
    });
    await buyer.get('order:cancel', { params: { orderId: order.id } });
    const { coupons } = await house.merchant.get('coupon:list', {
      params: { merchantId: house.shop.merchantId },
    });
    expect(coupons.find(({ code }) => code === 'TENTH')).toMatchObject({ redemptions: 0, spentMinor: 0 });
    expect((await quote(buyer, [again], { couponCode: 'TENTH' })).coupon).toEqual({
      ...{ code: 'TENTH', title: '', discountMinor: 390 },
    });
  });

  it('leaves sale prices alone unless the shop says otherwise', async () => {
    await createCoupon('SALES', { perBuyerLimit: 5 });
    const { showId, variantId, otherVariantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId);
    const buyer = await house.guest();
    const inSale = await take(buyer, showId, { variantId, saleId });
    const code = { couponCode: 'SALES' };
    const wish = { holdIds: [inSale.id], ...code };
    expect(await buyer.send('quote:create', { body: wish })).toMatchObject({
      error: { code: 'COUPON_NOT_APPLICABLE' },
    });
    const ordinary = await take(buyer, showId, { variantId: otherVariantId });
    expect((await quote(buyer, [inSale, ordinary], code)).totals).toMatchObject({ discountMinor: 390 });
    const params = { merchantId: house.shop.merchantId };
    await house.merchant.get('merchant:set-selling', { params, body: { couponsOnSalePrices: true } });
    expect((await quote(buyer, [inSale, ordinary], code)).totals).toMatchObject({ discountMinor: 580 });
    await house.merchant.get('merchant:set-selling', { params, body: { couponsOnSalePrices: false } });
  });

  it('is refused where it is unknown, over, or has too little left', async () => {
    await createCoupon('POOR', { budgetMinor: 389 });
    await createCoupon('OVER', { endsAt: Date.now() - 1_000 });
    await createCoupon('RICH', { minItemsMinor: 3_901 });
    const { buyer, hold } = await holdOne();
    const codeFor = async (couponCode: string) => {
      const answer = await buyer.send('quote:create', { body: { holdIds: [hold.id], couponCode } });
      return answer.ok ? 'OK' : answer.error.code;
    };
    expect(await codeFor('NOBODY')).toBe('COUPON_NOT_FOUND');
    expect(await codeFor('POOR')).toBe('COUPON_USED_UP');
    expect(await codeFor('OVER')).toBe('COUPON_NOT_VALID');
    expect(await codeFor('RICH')).toBe('COUPON_NOT_APPLICABLE');
    expect(await codeFor('a b')).toBe('INVALID_INPUT');
  });

  it('may be used up between quote and order: the order is refused, and the hold goes on', async () => {
    await createCoupon('LAST', { maxRedemptions: 1 });
    const [first, second] = [await holdOne(), await holdOne()];
    const bodies = [
      await orderOf(first.buyer, [first.hold], { couponCode: 'LAST' }),
      await orderOf(second.buyer, [second.hold], { couponCode: 'LAST' }),
    ] as const;
    await first.buyer.get('order:place', { body: bodies[0] }, withKey());
    expect(await second.buyer.send('order:place', { body: bodies[1] }, withKey())).toMatchObject({
      error: { code: 'COUPON_USED_UP' },
    });
    expect((await second.buyer.get('hold:list')).holds.map(({ id }) => id)).toEqual([second.hold.id]);
    const body = await orderOf(second.buyer, [second.hold]);
    expect((await second.buyer.get('order:place', { body }, withKey())).order.couponCode).toBeNull();
  });
});
