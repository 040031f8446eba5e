import { createRandom } from '@souk/protocol/testing/random';
import { describe, expect, it } from 'vitest';
import {
  type CouponTerms,
  type DiscountableLine,
  discountOf,
  findCouponProblem,
  isCouponUsable,
} from './coupon-rules.ts';

const terms: CouponTerms = {
  benefit: { kind: 'percent', percent: 10 },
  minItemsMinor: 0,
  budgetMinor: null,
  spentMinor: 0,
  maxRedemptions: null,
  redemptions: 0,
  startsAt: null,
  endsAt: null,
  isEnabled: true,
};
const stacking = { couponsOnSalePrices: true };
const apart = { couponsOnSalePrices: false };
const ordinary = (unitPriceMinor: number, quantity = 1): DiscountableLine => ({
  saleId: null,
  quantity,
  unitPriceMinor,
});
const inSale = (unitPriceMinor: number): DiscountableLine => ({
  ...ordinary(unitPriceMinor),
  saleId: 'sale',
});

describe('a coupon', () => {
  it.each<[string, Partial<CouponTerms>, string | undefined]>([
    ['without bounds', {}, undefined],
    ['that is switched off', { isEnabled: false }, 'COUPON_NOT_VALID'],
    ['before its window', { startsAt: 101 }, 'COUPON_NOT_VALID'],
    ['from the beginning of its window', { startsAt: 100 }, undefined],
    ['before the end of its window', { endsAt: 101 }, undefined],
    ['at the end of its window', { endsAt: 100 }, 'COUPON_NOT_VALID'],
    ['with one redemption left', { maxRedemptions: 5, redemptions: 4 }, undefined],
    ['without a redemption left', { maxRedemptions: 5, redemptions: 5 }, 'COUPON_USED_UP'],
    ['with budget left', { budgetMinor: 500, spentMinor: 499 }, undefined],
    ['without budget left', { budgetMinor: 500, spentMinor: 500 }, 'COUPON_USED_UP'],
  ])('%s can be used or says why not', (_, change, problem) => {
    const coupon = { ...terms, ...change };
    expect(findCouponProblem(coupon, 100)).toBe(problem);
    expect(isCouponUsable(coupon, 100)).toBe(problem === undefined);
  });
});

describe('a discount', () => {
  it('in percent is rounded half up to the minor unit', () => {
    const of = (percent: number, price: number) =>
      discountOf({ ...terms, benefit: { kind: 'percent', percent } }, [ordinary(price)], 490, stacking);
    expect([of(10, 1_994), of(10, 1_995), of(50, 1), of(1, 49), of(100, 1_999)]).toEqual([
      199, 200, 1, 0, 1_999,
    ]);
  });

  it('by amount is never more than the lines that count', () => {
    const coupon = { ...terms, benefit: { kind: 'amount', amountMinor: 1_000 } as const };
    expect(discountOf(coupon, [ordinary(700)], 490, stacking)).toBe(700);
    expect(discountOf(coupon, [ordinary(700), inSale(900)], 490, stacking)).toBe(1_000);
    expect(discountOf(coupon, [ordinary(700), inSale(900)], 490, apart)).toBe(700);
  });

  it('counts for sale prices only where the shop wants it, the shipping too', () => {
    for (const benefit of [{ kind: 'percent', percent: 10 } as const, { kind: 'free-shipping' } as const]) {
      expect(discountOf({ ...terms, benefit }, [inSale(1_000)], 490, apart)).toBe(0);
      expect(discountOf({ ...terms, benefit }, [inSale(1_000)], 490, stacking)).toBeGreaterThan(0);
      expect(discountOf({ ...terms, benefit }, [inSale(1_000), ordinary(10)], 490, apart)).toBeGreaterThan(0);
    }
  });

  it('asks for items of the least value, sale prices included', () => {
    const coupon = { ...terms, minItemsMinor: 1_000 };
    expect(discountOf(coupon, [ordinary(999)], 490, apart)).toBe(0);
    expect(discountOf(coupon, [ordinary(500), inSale(500)], 490, apart)).toBe(50);
  });

  it('is a whole number from nothing to all, grows with the cart, and does not depend on the order of lines', () => {
    const random = createRandom(11).next;
    const upTo = (most: number): number => Math.floor(random() * (most + 1));
    for (let turn = 0; turn < 2_000; turn += 1) {
      const lines = Array.from({ length: 1 + upTo(4) }, () => ({
        saleId: random() < 0.5 ? 'sale' : null,
        quantity: 1 + upTo(19),
        unitPriceMinor: 1 + upTo(turn % 10 === 0 ? 99_999_999_999 : 9_999),
      }));
      const benefit =
        [
          { kind: 'percent', percent: 1 + upTo(99) } as const,
          { kind: 'amount', amountMinor: 1 + upTo(50_000) } as const,
          { kind: 'free-shipping' } as const,
        ][turn % 3] ?? terms.benefit;
      const coupon = { ...terms, benefit, minItemsMinor: upTo(2) * 5_000 };
      const shippingMinor = upTo(2_000);
      const policy = random() < 0.5 ? stacking : apart;
      const discount = discountOf(coupon, lines, shippingMinor, policy);
      const itemsMinor = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0);
      const most = benefit.kind === 'free-shipping' ? shippingMinor : itemsMinor;
      expect(Number.isSafeInteger(discount) && discount >= 0 && discount <= most).toBe(true);
      expect(discountOf(coupon, [...lines].reverse(), shippingMinor, policy)).toBe(discount);
      const more = [...lines, ordinary(1 + upTo(9_999))];
      expect(discountOf(coupon, more, shippingMinor, policy)).toBeGreaterThanOrEqual(discount);
      expect(discountOf(coupon, lines, shippingMinor, stacking)).toBeGreaterThanOrEqual(discount);
    }
  });
});
