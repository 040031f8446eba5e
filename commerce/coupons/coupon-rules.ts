import type { CouponBenefit } from '@souk/protocol/coupon';
import type { SellingPolicy } from '@souk/protocol/http/desk';

/** What decides whether a coupon can be used, and how far it is used already. A row of `coupons` is one. */
export interface CouponTerms {
  readonly benefit: CouponBenefit;
  /** The items must cost at least this. */
  readonly minItemsMinor: number;
  /** Most that it may take off in all; null: no bound. */
  readonly budgetMinor: number | null;
  readonly spentMinor: number;
  readonly maxRedemptions: number | null;
  readonly redemptions: number;
  /** Unix milliseconds; null: without a beginning or an end. */
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly isEnabled: boolean;
}

/** A line of a cart, at the price that the buyer pays. `saleId` is null at the ordinary price. */
export interface DiscountableLine {
  readonly saleId: string | null;
  readonly quantity: number;
  readonly unitPriceMinor: number;
}

export type CouponProblem = 'COUPON_NOT_VALID' | 'COUPON_USED_UP';

/**
 * Why nobody can use the coupon at `now` (Unix milliseconds), or undefined when it can be used: switched off or outside
 * of its window is COUPON_NOT_VALID; no redemption or no budget left is COUPON_USED_UP. The limit per buyer is not
 * looked at here. The claim has the last word: this is for quotes and for pins.
 */
export function findCouponProblem(coupon: CouponTerms, now: number): CouponProblem | undefined {
  if (!coupon.isEnabled) return 'COUPON_NOT_VALID';
  if (coupon.startsAt !== null && now < coupon.startsAt) return 'COUPON_NOT_VALID';
  if (coupon.endsAt !== null && now >= coupon.endsAt) return 'COUPON_NOT_VALID';
  if (coupon.maxRedemptions !== null && coupon.redemptions >= coupon.maxRedemptions) return 'COUPON_USED_UP';
  if (coupon.budgetMinor !== null && coupon.spentMinor >= coupon.budgetMinor) return 'COUPON_USED_UP';
  return undefined;
}

/** True when somebody can use the coupon at `now`, Unix milliseconds. */
export function isCouponUsable(coupon: CouponTerms, now: number): boolean {
  return findCouponProblem(coupon, now) === undefined;
}

/**
 * What a coupon takes off a cart, in minor units: 0 when it does not apply to anything in it (COUPON_NOT_APPLICABLE).
 * - `minItemsMinor` is compared with all items, whatever their price.
 * - Lines count that are not from a sale, or all when the shop lets coupons count on sale prices. Without such a line it
 *   takes off nothing, not even the shipping.
 * - `percent` is rounded half up to the minor unit; `amount` takes off at most what the counting lines cost;
 *   `free-shipping` takes off `shippingMinor`.
 * The result is never more than items and shipping together. Whether it fits the budget is for the caller to compare:
 * `spentMinor + discountOf(…) <= budgetMinor`.
 */
export function discountOf(
  coupon: Pick<CouponTerms, 'benefit' | 'minItemsMinor'>,
  lines: readonly DiscountableLine[],
  shippingMinor: number,
  policy: SellingPolicy,
): number {
  if (costOf(lines) < coupon.minItemsMinor) return 0;
  const eligible = lines.filter(({ saleId }) => saleId === null || policy.couponsOnSalePrices);
  if (eligible.length === 0) return 0;
  return benefitOf(coupon.benefit, costOf(eligible), shippingMinor);
}

function benefitOf(benefit: CouponBenefit, eligibleMinor: number, shippingMinor: number): number {
  switch (benefit.kind) {
    case 'percent':
      return Math.floor((eligibleMinor * benefit.percent + 50) / 100);
    case 'amount':
      return Math.min(benefit.amountMinor, eligibleMinor);
    case 'free-shipping':
      return shippingMinor;
  }
}

function costOf(lines: readonly DiscountableLine[]): number {
  return lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0);
}
