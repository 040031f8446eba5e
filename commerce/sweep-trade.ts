import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Database } from './db/database.ts';
import { type DispatchOrder, listUndispatchedOrders } from './fulfilment/dispatch-order.ts';
import type { SoldOutWatch } from './inventory/sold-out-watch.ts';
import { type ExpireOrder, listOverdueOrders } from './orders/expire-order.ts';
import { listStuckRefunds, type SendRefund } from './payments/send-refund.ts';
import type { EndSale } from './sales/end-sale.ts';
import { listRunningSales, listUnsettledSales } from './sales/sale-repository.ts';
import type { SettleSale } from './sales/settle-sale.ts';

export interface SweepTradeDeps {
  readonly db: Database;
  readonly sweepHolds: () => Promise<void>;
  readonly mendPools: () => Promise<void>;
  readonly soldOut: SoldOutWatch;
  readonly endSale: EndSale;
  readonly settleSale: SettleSale;
  readonly expireOrder: ExpireOrder;
  readonly sendRefund: SendRefund;
  readonly dispatchOrder: DispatchOrder;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a job of its own should have done this long ago is done here. */
const OVERDUE_MS = 5_000;
/** The dispatch job has a long patience of its own. */
const DISPATCH_OVERDUE_MS = 60_000;

/**
 * The net under everything that normally happens by itself: holds that nobody touched, counts that did not reach Redis,
 * sales, orders and refunds whose job got lost. Each part runs whether or not the others fail.
 */
export function createSweepTrade(deps: SweepTradeDeps): () => Promise<void> {
  const parts: Readonly<Record<string, () => Promise<void>>> = {
    pools: deps.mendPools,
    holds: deps.sweepHolds,
    sales: () => sweepSales(deps),
    orders: () => sweepOrders(deps),
    refunds: () => sweepRefunds(deps),
    dispatches: () => sweepDispatches(deps),
  };
  return async () => {
    for (const [part, sweep] of Object.entries(parts)) {
      await sweep().catch((err: unknown) => deps.logger.warn({ event: 'sweep-failed', part, err }));
    }
  };
}

async function sweepSales({ db, soldOut, endSale, settleSale, clock }: SweepTradeDeps): Promise<void> {
  const now = clock.now();
  for (const sale of await listRunningSales(db.orm)) {
    if (sale.endsAt < now - OVERDUE_MS) await endSale(sale.id, 'time-up');
    else await soldOut.check(sale.id);
  }
  for (const sale of await listUnsettledSales(db.orm, now - OVERDUE_MS)) {
    await settleSale(sale.id).catch(ignoreStillHeld);
  }
}

function ignoreStillHeld(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'UNAVAILABLE') throw error;
}

async function sweepOrders({ db, expireOrder, clock }: SweepTradeDeps): Promise<void> {
  for (const orderId of await listOverdueOrders(db, clock.now() - OVERDUE_MS)) await expireOrder(orderId);
}

async function sweepRefunds({ db, sendRefund, clock }: SweepTradeDeps): Promise<void> {
  for (const refundId of await listStuckRefunds(db, clock.now() - OVERDUE_MS)) await sendRefund(refundId);
}

async function sweepDispatches({ db, dispatchOrder, clock }: SweepTradeDeps): Promise<void> {
  const before = clock.now() - DISPATCH_OVERDUE_MS;
  for (const orderId of await listUndispatchedOrders(db, before)) await dispatchOrder(orderId);
}
