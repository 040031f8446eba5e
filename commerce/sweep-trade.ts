import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { removeQuotes } from './checkout/quote-repository.ts';
import type { Database } from './db/database.ts';
import { type DispatchOrder, listUndispatchedOrders } from './fulfilment/dispatch-order.ts';
import { type ExpireOrder, listOverdueOrders } from './orders/expire-order.ts';
import type { PaymentGateway } from './payments/payment-gateway.ts';
import { listStuckRefunds, type SendRefund } from './payments/send-refund.ts';
import { listOpenPaymentsOfOver, type VoidPayment } from './payments/void-payment.ts';
import { sweepItems } from './sweep-items.ts';

export interface SweepTradeDeps {
  readonly db: Database;
  readonly sweepHolds: () => Promise<void>;
  readonly mendPools: () => Promise<void>;
  readonly sweepSales: () => Promise<void>;
  readonly sweepImports: () => Promise<void>;
  readonly sweepWaitlists: () => Promise<void>;
  readonly sweepCouponPins: () => Promise<void>;
  readonly expireOrder: ExpireOrder;
  readonly sendRefund: SendRefund;
  readonly voidPayment: VoidPayment;
  readonly sweepPaymentQueue: () => Promise<void>;
  readonly redeliverWebhooks: () => Promise<void>;
  readonly gateway: PaymentGateway;
  readonly dispatchOrder: DispatchOrder;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a job of its own should have done this long ago is done here. */
const OVERDUE_MS = 5_000;
/** The dispatch job has a long patience of its own. */
const DISPATCH_OVERDUE_MS = 60_000;
/** Expired quotes are of use to nobody but who looks into a complaint. */
const QUOTES_KEPT_MS = 3_600_000;

/**
 * The net under everything that normally happens by itself: holds that nobody touched, counts that did not reach Redis,
 * sales, orders, refunds and payments whose job got lost. Each part runs whether or not the others fail.
 */
export function createSweepTrade(deps: SweepTradeDeps): () => Promise<void> {
  const parts: Readonly<Record<string, () => Promise<void>>> = {
    pools: deps.mendPools,
    holds: deps.sweepHolds,
    sales: deps.sweepSales,
    imports: deps.sweepImports,
    waitlists: deps.sweepWaitlists,
    couponPins: deps.sweepCouponPins,
    orders: () => sweepOrders(deps),
    paymentQueue: deps.sweepPaymentQueue,
    webhooks: deps.redeliverWebhooks,
    dispatches: () => sweepDispatches(deps),
    quotes: () => removeQuotes(deps.db.orm, deps.clock.now() - QUOTES_KEPT_MS),
    // Last, because they wait for the payment service.
    refunds: () => sweepRefunds(deps),
    payments: () => sweepPayments(deps),
  };
  return async () => {
    for (const [part, sweep] of Object.entries(parts)) {
      await sweep().catch((err: unknown) => deps.logger.warn({ event: 'sweep-failed', part, err }));
    }
  };
}

async function sweepOrders(deps: SweepTradeDeps): Promise<void> {
  const { db, expireOrder, clock } = deps;
  await sweepItems(deps.logger, await listOverdueOrders(db, clock.now() - OVERDUE_MS), expireOrder);
}

async function sweepRefunds(deps: SweepTradeDeps): Promise<void> {
  const { db, sendRefund, clock } = deps;
  await sweepItems(deps.logger, await listStuckRefunds(db, clock.now() - OVERDUE_MS), sendRefund);
}

async function sweepPayments(deps: SweepTradeDeps): Promise<void> {
  const { db, gateway, voidPayment, clock } = deps;
  const open = await listOpenPaymentsOfOver(db, gateway.name, clock.now() - OVERDUE_MS);
  await sweepItems(deps.logger, open, voidPayment);
}

async function sweepDispatches(deps: SweepTradeDeps): Promise<void> {
  const { db, dispatchOrder, clock } = deps;
  await sweepItems(
    deps.logger,
    await listUndispatchedOrders(db, clock.now() - DISPATCH_OVERDUE_MS),
    dispatchOrder,
  );
}
