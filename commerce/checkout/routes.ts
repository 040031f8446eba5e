import type { HandlersOf } from '../http/route-handlers.ts';
import type { OrderViews } from '../orders/order-view.ts';
import type { CreateQuote } from './create-quote.ts';
import type { PlaceOrder } from './place-order.ts';

export interface CheckoutRoutesDeps {
  readonly createQuote: CreateQuote;
  readonly placeOrder: PlaceOrder;
  readonly views: OrderViews;
}

/** Handlers from cart to order. */
export function createCheckoutRoutes(deps: CheckoutRoutesDeps): HandlersOf<'quote:create' | 'order:place'> {
  return {
    'quote:create': ({ body, caller }) => deps.createQuote(caller, body),
    'order:place': async ({ body, caller, idempotencyKey }) => {
      const orderId = await deps.placeOrder(caller, idempotencyKey, body);
      return { order: await deps.views.getOfBuyer(caller.userId, orderId) };
    },
  };
}
