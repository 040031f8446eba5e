import { createLevels } from '@souk/timeline/levels';
import { createCatalogRooms } from './catalog/create-catalog-rooms.ts';
import { createCreateQuote } from './checkout/create-quote.ts';
import { createPlaceOrder } from './checkout/place-order.ts';
import { createCheckoutRoutes } from './checkout/routes.ts';
import { createCouponBook } from './coupons/coupon-book.ts';
import { createCouponPins } from './coupons/pin-coupon.ts';
import { createCouponRoutes } from './coupons/routes.ts';
import type { Foundation } from './foundation.ts';
import { createDispatchOrder } from './fulfilment/dispatch-order.ts';
import { createHoldRooms } from './inventory/create-hold-rooms.ts';
import { createInventoryRoutes } from './inventory/routes.ts';
import { createFollowUp } from './orders/aftermath.ts';
import { createCancelOrder } from './orders/cancel-order.ts';
import { createExpireOrder } from './orders/expire-order.ts';
import { createOrderViews } from './orders/order-view.ts';
import { createGetReceipt } from './orders/receipts.ts';
import { createRefundOrder } from './orders/refund-order.ts';
import { createOrdersRoutes } from './orders/routes.ts';
import { createPaymentRooms } from './payments/create-payment-rooms.ts';
import { createSendRefund } from './payments/send-refund.ts';
import { createVoidPayment } from './payments/void-payment.ts';
import { createIdentityRates } from './pricing/currency-rates.ts';
import { createFlatDutyTable } from './pricing/duty-table.ts';
import { createPriceCart } from './pricing/price-cart.ts';
import { createRemoveOldRows } from './remove-old-rows.ts';
import { createSaleRooms } from './sales/create-sale-rooms.ts';
import { createSweepTrade } from './sweep-trade.ts';
import type { TradeConfig } from './trade-config.ts';
import type { TradeRooms } from './trade-rooms.ts';
import { createOutsideServices, type OutsideServices } from './trade-services.ts';
import { createWaitlistRooms } from './waitlist/create-waitlist-rooms.ts';

/** What trade needs of the house. */
export type TradeFoundation = Pick<
  Foundation,
  'db' | 'redis' | 'outbox' | 'banGuard' | 'queues' | 'crash' | 'clock' | 'logger'
>;

const DAY_MS = 86_400_000;

/** Puts the rooms of trade together: catalogue, stock, sales, checkout, payments, orders and fulfilment. */
export function createTrade(
  foundation: TradeFoundation,
  config: TradeConfig,
  services: OutsideServices = createOutsideServices(foundation, config),
): TradeRooms {
  const { db, redis } = foundation;
  const holdWindowMs = config.HOLD_SECONDS * 1_000;
  const payWindowMs = config.PAY_SECONDS * 1_000;
  const dispatchDelayMs = config.DISPATCH_DELAY_SECONDS * 1_000;
  const { gateway } = services;
  const rooms = createHoldRooms({ ...foundation, levels: createLevels({ redis }), holdWindowMs });
  const shared = { ...foundation, ...rooms, gateway, holdWindowMs, payWindowMs };
  const sendRefund = createSendRefund(shared);
  const followUp = createFollowUp({ ...shared, sendRefund });
  const views = createOrderViews(shared);
  const priceCart = createPriceCart({
    // The carrier collects what other countries take on imports.
    duties: createFlatDutyTable({ perMille: 0 }),
    rates: createIdentityRates(),
  });
  const catalogRooms = createCatalogRooms(shared);
  const saleRooms = createSaleRooms(shared);
  const offerWindowMs = config.WAITLIST_OFFER_SECONDS * 1_000;
  const waitlistRooms = createWaitlistRooms({ ...shared, offerWindowMs });
  const couponPins = createCouponPins(foundation);
  const expireOrder = createExpireOrder({ ...shared, followUp });
  const dispatchOrder = createDispatchOrder({ ...shared, carrier: services.carrier });
  const payments = createPaymentRooms({
    ...{ ...shared, ...services, followUp, dispatchDelayMs },
    publicOrigin: config.SOUK_PUBLIC_ORIGIN,
    reconcileGraceMs: config.RECONCILE_GRACE_SECONDS * 1_000,
  });
  const { preparePayment } = payments;
  const assertPayable = payments.payees.assertReady;
  const placeOrder = createPlaceOrder({
    ...{ ...shared, gatewayName: gateway.name },
    ...{ preparePayment, assertPayable },
  });
  return {
    handlers: {
      ...catalogRooms.handlers,
      ...createInventoryRoutes(shared),
      ...saleRooms.handlers,
      ...waitlistRooms.handlers,
      ...createCouponRoutes({ couponBook: createCouponBook(foundation), couponPins }),
      ...createCheckoutRoutes({
        views,
        placeOrder,
        createQuote: createCreateQuote({ ...shared, priceCart, assertPayable }),
      }),
      ...createOrdersRoutes({
        views,
        getReceipt: createGetReceipt({ db, views }),
        cancelOrder: createCancelOrder({ ...shared, followUp }),
        refundOrder: createRefundOrder({ ...shared, followUp, sendRefund }),
      }),
      ...payments.handlers,
    },
    receiveWebhook: payments.receiveWebhook,
    endSalesOfShow: saleRooms.endSalesOfShow,
    jobs: {
      ...saleRooms.jobs,
      expireOrder: ({ orderId }) => expireOrder(orderId),
      dispatchOrder: ({ orderId }) => dispatchOrder(orderId),
      ...payments.jobs,
      deliverSandboxWebhook: services.deliverWebhook,
      ...catalogRooms.jobs,
      sweepHolds: createSweepTrade({
        ...shared,
        sweepSales: saleRooms.sweepSales,
        sweepImports: catalogRooms.sweepImports,
        sweepWaitlists: waitlistRooms.sweepWaitlists,
        sweepCouponPins: couponPins.sweep,
        expireOrder,
        sendRefund,
        sweepPaymentQueue: payments.sweepQueue,
        redeliverWebhooks: services.redeliverWebhooks,
        voidPayment: createVoidPayment(shared),
        dispatchOrder,
      }),
      removeOldRows: createRemoveOldRows({ ...foundation, keptMs: config.RETENTION_DAYS * DAY_MS }),
    },
    async close() {
      await waitlistRooms.close();
      await rooms.close();
    },
  };
}
