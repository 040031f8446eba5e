import type { Hold } from '@souk/protocol/http/buying';
import type { MerchantId, UserId } from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import { AppError } from '@souk/runtime/app-error';
import { and, eq } from 'drizzle-orm';
import { discountOf, findCouponProblem } from '../coupons/coupon-rules.ts';
import type { Executor } from '../db/database.ts';
import { merchants } from '../db/schema/accounts.ts';
import { couponBuyers, coupons } from '../db/schema/coupons.ts';

/** A coupon on its way into a quote. */
export interface WantedCoupon {
  readonly coupon: typeof coupons.$inferSelect;
  /** What it takes off, in minor units, given what the shipping costs. */
  discountOf(shippingMinor: number): number;
}

interface CouponWish {
  readonly code: string;
  readonly merchantId: MerchantId;
  readonly buyerId: UserId;
  readonly lines: Hold['lines'];
  readonly currency: Currency;
  readonly now: number;
}

/**
 * The coupon that a buyer has typed in. The claim has the last word on its bounds. Throws AppError COUPON_NOT_FOUND,
 * COUPON_NOT_VALID, COUPON_USED_UP, COUPON_LIMIT_REACHED, COUPON_NOT_APPLICABLE (another currency).
 */
export async function getWantedCoupon(orm: Executor, wish: CouponWish): Promise<WantedCoupon> {
  const [found] = await orm
    .select({
      coupon: coupons,
      couponsOnSalePrices: merchants.couponsOnSalePrices,
      ofBuyer: couponBuyers.redemptions,
    })
    .from(coupons)
    .innerJoin(merchants, eq(merchants.id, coupons.merchantId))
    .leftJoin(
      couponBuyers,
      and(eq(couponBuyers.couponId, coupons.id), eq(couponBuyers.buyerId, wish.buyerId)),
    )
    .where(and(eq(coupons.merchantId, wish.merchantId), eq(coupons.code, wish.code)));
  if (found === undefined) throw new AppError('COUPON_NOT_FOUND');
  const { coupon, couponsOnSalePrices, ofBuyer } = found;
  const problem = findCouponProblem(coupon, wish.now);
  if (problem !== undefined) throw new AppError(problem);
  if ((ofBuyer ?? 0) >= coupon.perBuyerLimit) throw new AppError('COUPON_LIMIT_REACHED');
  if (coupon.currency !== wish.currency) throw new AppError('COUPON_NOT_APPLICABLE');
  return {
    coupon,
    discountOf: (shippingMinor) => discountOf(coupon, wish.lines, shippingMinor, { couponsOnSalePrices }),
  };
}

/** Throws AppError COUPON_NOT_APPLICABLE when it takes off nothing, COUPON_USED_UP when its budget has less left. */
export function assertAffordable({ coupon }: WantedCoupon, discountMinor: number): void {
  if (discountMinor === 0) throw new AppError('COUPON_NOT_APPLICABLE');
  if (coupon.budgetMinor !== null && coupon.spentMinor + discountMinor > coupon.budgetMinor)
    throw new AppError('COUPON_USED_UP');
}
