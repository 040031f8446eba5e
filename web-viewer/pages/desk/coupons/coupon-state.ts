import type { Coupon } from '@souk/protocol/http/coupons';

export type CouponState = 'active' | 'scheduled' | 'over' | 'used-up' | 'off';

/** Whether a coupon can be used at `now` (Unix milliseconds), and if not, why; the most lasting reason counts. */
export function couponState(coupon: Coupon, now: number): CouponState {
  if (!coupon.isEnabled) return 'off';
  if (coupon.endsAt !== null && coupon.endsAt <= now) return 'over';
  if (isUsedUp(coupon)) return 'used-up';
  return coupon.startsAt !== null && coupon.startsAt > now ? 'scheduled' : 'active';
}

function isUsedUp({ maxRedemptions, redemptions, budgetMinor, spentMinor }: Coupon): boolean {
  return (
    (maxRedemptions !== null && redemptions >= maxRedemptions) ||
    (budgetMinor !== null && spentMinor >= budgetMinor)
  );
}
