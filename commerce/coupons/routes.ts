import type { HandlersOf } from '../http/route-handlers.ts';
import type { CouponBook } from './coupon-book.ts';
import type { CouponPins } from './pin-coupon.ts';

export interface CouponRoutesDeps {
  readonly couponBook: CouponBook;
  readonly couponPins: CouponPins;
}

type Names = 'coupon:list' | 'coupon:create' | 'coupon:update' | 'coupon:pin' | 'coupon:unpin';

/** Handlers of coupons. */
export function createCouponRoutes({ couponBook, couponPins }: CouponRoutesDeps): HandlersOf<Names> {
  return {
    'coupon:list': async ({ params }) => ({ coupons: await couponBook.list(params.merchantId) }),
    'coupon:create': async ({ params, body }) => ({
      coupon: await couponBook.create(params.merchantId, body),
    }),
    'coupon:update': async ({ params, body }) => ({
      coupon: await couponBook.update(params.merchantId, params.couponId, body),
    }),
    'coupon:pin': async ({ params, body }) => {
      await couponPins.set(params.showId, body);
      return {};
    },
    'coupon:unpin': async ({ params, query }) => {
      await couponPins.clear(params.showId, query.at);
      return {};
    },
  };
}
