import type { HandlersOf } from '../http/route-handlers.ts';
import type { CancelOrder } from './cancel-order.ts';
import type { OrderViews } from './order-view.ts';
import type { RefundOrder } from './refund-order.ts';

export interface OrdersRoutesDeps {
  readonly views: OrderViews;
  readonly cancelOrder: CancelOrder;
  readonly refundOrder: RefundOrder;
}

type Names = 'order:list' | 'order:get' | 'order:cancel' | 'desk:orders' | 'order:refund';

/** Handlers of orders, for their buyers and for the merchant's desk. */
export function createOrdersRoutes({ views, cancelOrder, refundOrder }: OrdersRoutesDeps): HandlersOf<Names> {
  return {
    'order:list': async ({ caller }) => ({ orders: await views.listOfBuyer(caller.userId) }),
    'order:get': async ({ params, caller }) => ({
      order: await views.getOfBuyer(caller.userId, params.orderId),
    }),
    'order:cancel': async ({ params, caller }) => {
      await cancelOrder(caller.userId, params.orderId);
      return { order: await views.getOfBuyer(caller.userId, params.orderId) };
    },
    'desk:orders': async ({ params }) => ({ orders: await views.listOfMerchant(params.merchantId) }),
    'order:refund': async ({ params, body, caller, idempotencyKey }) => {
      const refundId = await refundOrder({ ...params, ...body, actorId: caller.userId, idempotencyKey });
      return { refundId, order: await views.getOfMerchant(params.merchantId, params.orderId) };
    },
  };
}
