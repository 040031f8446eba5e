import type { Receipt } from '@souk/protocol/http/checkout';
import type { OrderId, UserId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { and, asc, eq } from 'drizzle-orm';
import type { Database, Tx } from '../db/database.ts';
import { receipts } from '../db/schema/checkout.ts';
import { refunds } from '../db/schema/orders.ts';
import type { OrderViews } from './order-view.ts';

/** Gives an order that was paid its receipt, with the next number; once. */
export async function issueReceipt(tx: Pick<Tx, 'insert'>, orderId: OrderId, now: number): Promise<void> {
  await tx.insert(receipts).values({ orderId, issuedAt: now }).onConflictDoNothing();
}

/** Throws AppError ORDER_NOT_FOUND, also for another buyer's order; INVALID_TRANSITION for one that was never paid. */
export type GetReceipt = (buyerId: UserId, orderId: OrderId) => Promise<Receipt>;

export function createGetReceipt({
  db: { orm },
  views,
}: {
  readonly db: Database;
  readonly views: Pick<OrderViews, 'getOfBuyer'>;
}): GetReceipt {
  return async (buyerId, orderId) => {
    const order = await views.getOfBuyer(buyerId, orderId);
    const [receipt] = await orm.select().from(receipts).where(eq(receipts.orderId, orderId));
    if (receipt === undefined) throw new AppError('INVALID_TRANSITION', { detail: 'not paid' });
    const paidOut = await orm
      .select({ amountMinor: refunds.amountMinor, reason: refunds.reason, refundedAt: refunds.updatedAt })
      .from(refunds)
      .where(and(eq(refunds.orderId, orderId), eq(refunds.status, 'succeeded')))
      .orderBy(asc(refunds.updatedAt));
    const { merchantName, totals } = order;
    const { number, issuedAt } = receipt;
    return { number, issuedAt, order, merchantName, refunds: paidOut, currency: totals.currency };
  };
}
