import type { Coupon } from '@souk/protocol/http/coupons';
import { type CouponId, createId, type MerchantId, type ShowId } from '@souk/protocol/ids';
import { LAST_INSTANT_MS } from '@souk/protocol/instant';
import { currencySchema } from '@souk/protocol/money';
import { foldShow } from '@souk/protocol/timeline/reducer';
import type { ShowState } from '@souk/protocol/timeline/state';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { merchants } from '../db/schema/accounts.ts';
import { coupons } from '../db/schema/coupons.ts';
import { shows } from '../db/schema/shows.ts';
import { orderOf, startTestTrade, type TestTrade, take, withKey } from '../testing/test-trade.ts';

let house: TestTrade;
let merchantId: MerchantId;
let showId: ShowId;
beforeAll(async () => {
  house = await startTestTrade();
  merchantId = house.shop.merchantId;
});
beforeEach(async () => {
  ({ showId } = await house.goLive());
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const terms = {
  title: 'Opening night',
  budgetMinor: 50_000,
  maxRedemptions: 100,
  perBuyerLimit: 2,
  minItemsMinor: 1_000,
  startsAt: null,
  endsAt: null,
  isEnabled: true,
};
const draft = (change: object = {}) => ({
  ...terms,
  code: createId('coupon').slice(4, 14),
  benefit: { kind: 'percent', percent: 10 } as const,
  ...change,
});
const tryCreate = async (change: object = {}): Promise<string> => {
  const answer = await house.merchant.send('coupon:create', {
    params: { merchantId },
    body: draft(change) as never,
  });
  return answer.ok ? 'OK' : answer.error.code;
};
const create = async (change: object = {}): Promise<Coupon> =>
  (await house.merchant.get('coupon:create', { params: { merchantId }, body: draft(change) as never }))
    .coupon;
const update = (couponId: CouponId, change: object = {}) =>
  house.merchant.send('coupon:update', {
    params: { merchantId, couponId },
    body: { ...terms, ...change },
  });
const pin = async (couponId: CouponId, at?: number): Promise<string> => {
  const body = at === undefined ? { couponId } : { couponId, at };
  const answer = await house.host.send('coupon:pin', { params: { showId }, body });
  return answer.ok ? 'OK' : answer.error.code;
};
const unpin = () => house.host.send('coupon:unpin', { params: { showId }, query: {} });
const stateOf = async (): Promise<ShowState> => foldShow(await house.entriesOf(showId));
const pinnedInRow = async (): Promise<CouponId | null | undefined> => {
  const { orm } = house.commerce.foundation.db;
  return (await orm.select().from(shows).where(eq(shows.id, showId)))[0]?.pinnedCouponId;
};
const countOf = async (type: string): Promise<number> =>
  (await house.entriesOf(showId)).filter((entry) => entry.type === type).length;

describe('the coupon book', () => {
  it('keeps its bounds above what is used already', async () => {
    const coupon = await create({ minItemsMinor: 0 });
    const live = await house.goLive();
    const buyer = await house.guest();
    const hold = await take(buyer, live.showId, { variantId: live.variantId });
    const body = await orderOf(buyer, [hold], { couponCode: coupon.code });
    await buyer.get('order:place', { body }, withKey());
    const [used] = (await house.merchant.get('coupon:list', { params: { merchantId } })).coupons.filter(
      ({ id }) => id === coupon.id,
    );
    const budgetMinor = (used?.spentMinor ?? 0) - 1;
    expect(await update(coupon.id, { budgetMinor })).toMatchObject({
      error: { code: 'INVALID_INPUT', issues: [{ path: 'body.budgetMinor' }] },
    });
    expect(await update(coupon.id, { budgetMinor: budgetMinor + 1, isEnabled: false })).toMatchObject({
      ok: true,
    });
  });

  it('keeps coupons of each kind with all their terms, in the shop’s currency', async () => {
    const now = Date.now();
    const benefits = [
      { kind: 'percent', percent: 15 },
      { kind: 'amount', amountMinor: 500 },
      { kind: 'free-shipping' },
    ];
    for (const benefit of benefits) {
      const wish = draft({ benefit, startsAt: now, endsAt: now + 60_000 });
      const body = wish as never;
      const { coupon } = await house.merchant.get('coupon:create', { params: { merchantId }, body });
      const { code, ...rest } = wish;
      expect(coupon).toMatchObject({
        ...rest,
        code: code.toUpperCase(),
        merchantId,
        currency: 'EUR',
        spentMinor: 0,
        redemptions: 0,
      });
      const { coupons: list } = await house.host.get('coupon:list', { params: { merchantId } });
      expect(list[0]).toEqual(coupon);
    }
  });

  it('has each code once, whatever its case, also when two are made at once; other shops may use it', async () => {
    const code = 'Lamps-10';
    const answers = await Promise.all([tryCreate({ code }), tryCreate({ code: 'LAMPS-10' })]);
    expect(answers.sort()).toEqual(['COUPON_CODE_TAKEN', 'OK']);
    expect(await tryCreate({ code: ' lamps-10 ' })).toBe('COUPON_CODE_TAKEN');
    const { orm } = house.commerce.foundation.db;
    const other = createId('merchant');
    const currency = currencySchema.parse('USD');
    await orm.insert(merchants).values({ id: other, name: 'Other', currency, createdAt: 1 });
    const params = { merchantId: other };
    const body = draft({ code }) as never;
    expect(await house.merchant.send('coupon:create', { params, body })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    const row = {
      ...terms,
      id: createId('coupon'),
      code: 'LAMPS-10',
      benefit: { kind: 'free-shipping' } as const,
    };
    await orm.insert(coupons).values({ ...row, merchantId: other, currency, createdAt: 1 });
    expect(await pin(row.id)).toBe('COUPON_NOT_FOUND');
    expect(await update(row.id)).toMatchObject({ error: { code: 'COUPON_NOT_FOUND' } });
  });

  it.each([
    ['a code of two letters', { code: 'AB' }],
    ['a code with a blank', { code: 'AB CD' }],
    ['a code that ends with a hyphen', { code: 'ABC-' }],
    ['a code with SQL in it', { code: "A'; DROP--B" }],
    ['nothing percent', { benefit: { kind: 'percent', percent: 0 } }],
    ['more than all', { benefit: { kind: 'percent', percent: 101 } }],
    ['a broken percent', { benefit: { kind: 'percent', percent: 9.5 } }],
    ['a negative amount', { benefit: { kind: 'amount', amountMinor: -1 } }],
    ['a huge amount', { benefit: { kind: 'amount', amountMinor: 1e15 } }],
    ['no budget at all', { budgetMinor: 0 }],
    ['no redemption', { maxRedemptions: 0 }],
    ['no use per buyer', { perBuyerLimit: 0 }],
    ['negative items', { minItemsMinor: -1 }],
    ['an end before its beginning', { startsAt: 2_000, endsAt: 1_999 }],
    ['an end at its beginning', { startsAt: 2_000, endsAt: 2_000 }],
    ['an end after the last instant', { endsAt: LAST_INSTANT_MS + 1 }],
    ['an end that is no date', { endsAt: Number.MAX_SAFE_INTEGER }],
    ['a field of its own', { spentMinor: 5 }],
  ])('refuses %s', async (_, change) => {
    expect(await tryCreate(change)).toBe('INVALID_INPUT');
  });

  it('may end at the last instant', async () => {
    expect(await create({ endsAt: LAST_INSTANT_MS })).toMatchObject({ endsAt: LAST_INSTANT_MS });
  });

  it('changes terms, but neither code nor benefit, nor how far a coupon is used', async () => {
    const coupon = await create();
    const answer = await update(coupon.id, { title: 'Late night', budgetMinor: null, isEnabled: false });
    expect(answer).toMatchObject({
      data: { coupon: { ...coupon, title: 'Late night', budgetMinor: null, isEnabled: false } },
    });
    const { benefit } = coupon;
    expect(await update(coupon.id, { benefit })).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    expect(await update(coupon.id, { startsAt: 5, endsAt: 5 })).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    });
    expect(await update(createId('coupon'))).toMatchObject({ error: { code: 'COUPON_NOT_FOUND' } });
  });

  it('is the shopkeepers’: hosts may read it, others not even that', async () => {
    const params = { merchantId };
    expect(await house.host.send('coupon:create', { params, body: draft() as never })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    const guest = await house.guest();
    expect(await guest.send('coupon:list', { params })).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(
      await guest.send('coupon:pin', { params: { showId }, body: { couponId: createId('coupon') } }),
    ).toMatchObject({ error: { code: 'FORBIDDEN' } });
  });
});

describe('a pinned coupon', () => {
  it('is shown from the instant that the host meant, makes room for another, and is taken off', async () => {
    const [first, second] = [await create(), await create({ benefit: { kind: 'free-shipping' } })];
    const at = Date.now() - 1_000;
    expect(await pin(first.id, at)).toBe('OK');
    const [entry] = (await house.entriesOf(showId)).filter(({ type }) => type === 'coupon:pinned');
    expect(entry).toMatchObject({ at, data: { couponId: first.id, code: first.code, minItemsMinor: 1_000 } });
    expect(await pin(second.id)).toBe('OK');
    expect((await stateOf()).pinnedCoupon).toMatchObject({ couponId: second.id, benefit: second.benefit });
    expect(await pinnedInRow()).toBe(second.id);
    expect(await unpin()).toMatchObject({ ok: true });
    expect(await unpin()).toMatchObject({ ok: true });
    expect((await stateOf()).pinnedCoupon).toBeNull();
    expect([await pinnedInRow(), await countOf('coupon:unpinned')]).toEqual([null, 1]);
  });

  it('can be used now, and is one of the show’s own shop; the show is not over', async () => {
    const soon = await create({ startsAt: Date.now() + 60_000 });
    const over = await create({ endsAt: Date.now() - 1 });
    const off = await create({ isEnabled: false });
    const used = await create({ maxRedemptions: 1 });
    const { orm } = house.commerce.foundation.db;
    await orm.update(coupons).set({ redemptions: 1 }).where(eq(coupons.id, used.id));
    expect(await Promise.all([soon, over, off].map(({ id }) => pin(id)))).toEqual(
      Array.from({ length: 3 }, () => 'COUPON_NOT_VALID'),
    );
    expect(await pin(used.id)).toBe('COUPON_USED_UP');
    expect(await pin(createId('coupon'))).toBe('COUPON_NOT_FOUND');
    const good = await create();
    expect(await pin(good.id)).toBe('OK');
    await house.host.get('show:end', { params: { showId } });
    expect(await pin(good.id)).toBe('SHOW_ENDED');
    expect(await unpin()).toMatchObject({ error: { code: 'SHOW_ENDED' } });
    expect([await pinnedInRow(), (await stateOf()).pinnedCoupon]).toEqual([null, null]);
    await orm.update(coupons).set({ redemptions: 0 }).where(eq(coupons.id, used.id));
  });

  it('shows its new terms when they change, and goes when it is switched off', async () => {
    const coupon = await create();
    await pin(coupon.id);
    await update(coupon.id, { title: 'Now or never', minItemsMinor: 2_000 });
    expect((await stateOf()).pinnedCoupon).toMatchObject({ title: 'Now or never', minItemsMinor: 2_000 });
    await update(coupon.id, { isEnabled: false });
    expect([(await stateOf()).pinnedCoupon, await pinnedInRow()]).toEqual([null, null]);
    await update(coupon.id, { isEnabled: true });
    expect((await stateOf()).pinnedCoupon).toBeNull();
  });

  it('is taken off by the sweep when its window is over or it is used up, once', async () => {
    const { orm } = house.commerce.foundation.db;
    const ends: Partial<typeof coupons.$inferInsert>[] = [{ endsAt: 1_000 }, { spentMinor: 50_000 }];
    for (const end of ends) {
      const coupon = await create();
      await pin(coupon.id);
      await orm.update(coupons).set(end).where(eq(coupons.id, coupon.id));
      await Promise.all([house.trade.jobs.sweepHolds(), house.trade.jobs.sweepHolds()]);
      expect([(await stateOf()).pinnedCoupon, await pinnedInRow()]).toEqual([null, null]);
      await orm.update(coupons).set({ spentMinor: 0 }).where(eq(coupons.id, coupon.id));
    }
    expect(await countOf('coupon:unpinned')).toBe(2);
  });
});

describe('merchant:set-selling', () => {
  it('decides whether coupons count on sale prices', async () => {
    const params = { merchantId };
    const set = (couponsOnSalePrices: boolean) =>
      house.merchant.get('merchant:set-selling', { params, body: { couponsOnSalePrices } });
    expect((await set(true)).merchant.selling).toEqual({ couponsOnSalePrices: true });
    const { merchants: list } = await house.host.get('merchant:list');
    expect(list).toMatchObject([{ id: merchantId, selling: { couponsOnSalePrices: true } }]);
    expect((await set(false)).merchant.selling).toEqual({ couponsOnSalePrices: false });
    const body = { couponsOnSalePrices: true };
    expect(await house.host.send('merchant:set-selling', { params, body })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
  });
});
