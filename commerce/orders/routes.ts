import type { HandlersOf } from '../http/route-handlers.ts';
import type { CancelOrder } from './cancel-order.ts';
import type { OrderViews } from './order-view.ts';
import type { GetReceipt } from './receipts.ts';
import type { RefundOrder } from './refund-order.ts';

export interface OrdersRoutesDeps {
  readonly views: OrderViews;
  readonly getReceipt: GetReceipt;
  readonly cancelOrder: CancelOrder;
  readonly refundOrder: RefundOrder;
}

type Names = 'order:list' | 'order:get' | 'order:receipt' | 'order:cancel' | 'desk:orders' | 'order:refund';

/** Handlers of orders, for their buyers and for the merchant's desk. */
export function createOrdersRoutes(deps: OrdersRoutesDeps): HandlersOf<Names> {
  const { views, getReceipt, cancelOrder, refundOrder } = deps;
  return {
    'order:list': async ({ caller }) => ({ orders: await views.listOfBuyer(caller.userId) }),
    'order:get': async ({ params, caller }) => ({
      order: await views.getOfBuyer(caller.userId, params.orderId),
    }),
    'order:receipt': async ({ params, caller }) => ({
      receipt: await getReceipt(caller.userId, params.orderId),
    }),
    'order:cancel': async ({ params, caller }) => {
      await cancelOrder(caller.userId, params.orderId);
      return { order: await views.getOfBuyer(caller.userId, params.orderId) };
    },
    'desk:orders': ({ params, query }) => views.pageOfMerchant(params.merchantId, query),
    'order:refund': async ({ params, body, caller, idempotencyKey }) => {
      const refundId = await refundOrder({ ...params, ...body, actorId: caller.userId, idempotencyKey });
      return { refundId, order: await views.getOfMerchant(params.merchantId, params.orderId) };
    },
  };
}
