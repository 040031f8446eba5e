import { createId, type RefundId, type UserId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { eq } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { payments, refunds } from '../db/schema/orders.ts';
import type { LockedOrder } from '../orders/order-repository.ts';

export interface RefundWish {
  readonly amountMinor: number;
  readonly reason: string;
  readonly restock: boolean;
  readonly actorId: UserId | null;
  /** The same key makes one refund of an order. */
  readonly idempotencyKey: string;
  readonly requestHash: string;
}

/** What can still be paid back of a payment. */
export function refundableMinor({ payment }: Pick<LockedOrder, 'payment'>): number {
  return payment.status === 'succeeded' ? payment.amountMinor - payment.refundedMinor : 0;
}

/**
 * Writes a refund down and takes it off what can be refunded; sending it to the gateway comes after the commit.
 * Throws AppError REFUND_EXCEEDS_PAYMENT.
 */
export async function decideRefund(
  tx: Tx,
  locked: LockedOrder,
  wish: RefundWish,
  now: number,
): Promise<RefundId> {
  const { order, payment } = locked;
  if (wish.amountMinor > refundableMinor(locked)) throw new AppError('REFUND_EXCEEDS_PAYMENT');
  const id = createId('refund');
  const row = {
    ...wish,
    id,
    paymentId: payment.id,
    orderId: order.id,
    status: 'pending',
    createdAt: now,
    updatedAt: now,
  } as const;
  await tx.insert(refunds).values(row);
  const refundedMinor = payment.refundedMinor + wish.amountMinor;
  await tx.update(payments).set({ refundedMinor, updatedAt: now }).where(eq(payments.id, payment.id));
  return id;
}

/** Pays back all that is left, on the house's own decision; its keys have a colon, which no caller's key has. Gives back nothing when nothing is left. */
export async function decideFullRefund(
  tx: Tx,
  locked: LockedOrder,
  { reason, now }: { readonly reason: string; readonly now: number },
): Promise<RefundId | undefined> {
  const amountMinor = refundableMinor(locked);
  if (amountMinor === 0) return undefined;
  const wish = {
    amountMinor,
    reason,
    restock: false,
    actorId: null,
    idempotencyKey: `house:${reason}`,
    requestHash: reason,
  };
  return decideRefund(tx, locked, wish, now);
}
