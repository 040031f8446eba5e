import type { RefundId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { and, eq, lt, sql } from 'drizzle-orm';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import { payments, refunds } from '../db/schema/orders.ts';
import type { PaymentGateway } from './payment-gateway.ts';

export interface RefundDeps {
  readonly db: Database;
  readonly gateway: PaymentGateway;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Sends a decided refund to the gateway. Idempotent. Throws AppError PAYMENT_UNAVAILABLE; it stays pending then. */
export type SendRefund = (refundId: RefundId) => Promise<void>;

export function createSendRefund({ db, gateway, clock, logger }: RefundDeps): SendRefund {
  return async (refundId) => {
    const [found] = await db.orm
      .select({ refund: refunds, payment: payments })
      .from(refunds)
      .innerJoin(payments, eq(payments.id, refunds.paymentId))
      .where(eq(refunds.id, refundId));
    if (found === undefined || found.refund.status !== 'pending' || found.payment.gatewayRef === null) return;
    const { id: paymentId, gatewayRef, currency } = found.payment;
    const amount = { amountMinor: found.refund.amountMinor, currency };
    const outcome = await gateway.refund({ refundId, paymentId, gatewayRef, amount });
    if (outcome === 'pending') return;
    if (outcome === 'failed') logger.error({ event: 'refund-refused', refundId });
    await inTransaction(db, (tx) => settleRefund(tx, refundId, outcome, clock.now()));
  };
}

/** Marks a pending refund as done or as refused; a refused one no longer counts as paid back. */
export async function settleRefund(
  tx: Tx,
  refundId: RefundId,
  outcome: 'succeeded' | 'failed',
  now: number,
): Promise<void> {
  const [refund] = await tx
    .update(refunds)
    .set({ status: outcome, updatedAt: now })
    .where(and(eq(refunds.id, refundId), eq(refunds.status, 'pending')))
    .returning();
  if (refund === undefined) return;
  const taken = outcome === 'failed' ? refund.amountMinor : 0;
  const [payment] = await tx
    .update(payments)
    .set({ refundedMinor: sql`${payments.refundedMinor} - ${taken}`, updatedAt: now })
    .where(eq(payments.id, refund.paymentId))
    .returning();
  if (payment?.status !== 'succeeded' || payment.refundedMinor < payment.amountMinor) return;
  const open = await tx
    .select({ id: refunds.id })
    .from(refunds)
    .where(and(eq(refunds.paymentId, payment.id), eq(refunds.status, 'pending')));
  if (open.length > 0) return;
  await tx.update(payments).set({ status: 'refunded' }).where(eq(payments.id, payment.id));
}

/** Refunds that were decided before and are still not settled. */
export async function listStuckRefunds({ orm }: Database, before: number): Promise<RefundId[]> {
  const rows = await orm
    .select({ id: refunds.id })
    .from(refunds)
    .where(and(eq(refunds.status, 'pending'), lt(refunds.createdAt, before)))
    .limit(50);
  return rows.map(({ id }) => id);
}
