import type { RefundId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { and, eq, sql } from 'drizzle-orm';
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
    // Paid through a gateway that is not in use any more.
    if (found.payment.gateway !== gateway.name) return;
    const { id: paymentId, gatewayRef, currency, payee } = found.payment;
    const stillPending = and(eq(refunds.id, refundId), eq(refunds.status, 'pending'));
    await db.orm.update(refunds).set({ updatedAt: clock.now() }).where(stillPending);
    const amount = { amountMinor: found.refund.amountMinor, currency };
    const outcome = await gateway.refund({ refundId, paymentId, gatewayRef, amount, payee });
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
  // The payment before its refund: the order in which everybody locks them.
  await tx
    .select({ id: payments.id })
    .from(payments)
    .innerJoin(refunds, eq(refunds.paymentId, payments.id))
    .where(eq(refunds.id, refundId))
    .for('update', { of: payments });
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

const nextTryAt = sql`${refunds.updatedAt} + least(${refunds.updatedAt} - ${refunds.createdAt}, interval '1 hour')`;

/**
 * Refunds that are still not settled and whose turn it is: `before` is the instant before which they must have been
 * sent last. The pauses double, up to an hour: some payments take days to be paid back.
 */
export async function listStuckRefunds({ orm }: Database, before: number): Promise<RefundId[]> {
  const rows = await orm
    .select({ id: refunds.id })
    .from(refunds)
    .where(
      and(
        sql`${refunds.status} = 'pending'`,
        sql`${nextTryAt} < ${new Date(before).toISOString()}::timestamptz`,
      ),
    )
    .orderBy(refunds.updatedAt)
    .limit(20);
  return rows.map(({ id }) => id);
}
