import type { Cart } from '../cart/use-holds.ts';
import { useKeptCoupon } from './coupon-store.ts';
import { useQuote } from './use-quote.ts';

/** The quote of a cart, with the coupon that is kept for its shop. Cart and checkout share it. */
export function useCheckoutQuote(cart: Cart, country: string) {
  const merchantId = cart.holds[0]?.merchantId;
  const couponCode = useKeptCoupon(merchantId);
  const wish = { holdIds: cart.holds.map((hold) => hold.id), country, couponCode };
  const quote = useQuote(wish);
  return { ...quote, merchantId, couponCode };
}

export type CheckoutQuote = ReturnType<typeof useCheckoutQuote>;
