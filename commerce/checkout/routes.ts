import type { HandlersOf } from '../http/route-handlers.ts';
import type { OrderViews } from '../orders/order-view.ts';
import type { GetHoldTotals } from './hold-totals.ts';
import type { PlaceOrder } from './place-order.ts';

export interface CheckoutRoutesDeps {
  readonly getHoldTotals: GetHoldTotals;
  readonly placeOrder: PlaceOrder;
  readonly views: OrderViews;
}

/** Handlers from cart to order. */
export function createCheckoutRoutes(
  deps: CheckoutRoutesDeps,
): HandlersOf<'checkout:totals' | 'order:place'> {
  return {
    'checkout:totals': ({ body, caller }) => deps.getHoldTotals(caller, body),
    'order:place': async ({ body, caller, idempotencyKey }) => {
      const orderId = await deps.placeOrder(caller, idempotencyKey, body);
      return { order: await deps.views.getOfBuyer(caller.userId, orderId) };
    },
  };
}
