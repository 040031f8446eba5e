import type { PaymentId } from '@souk/protocol/ids';
import { canBecome, orderTransitions, type PaymentStatus } from '@souk/protocol/states';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Logger } from '@souk/runtime/logger';
import { eq } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { orders, payments } from '../db/schema/orders.ts';
import type { Consequence } from '../orders/aftermath.ts';
import { giveUnitsBack } from '../orders/give-units-back.ts';
import { changeOrder, type LockedOrder } from '../orders/order-repository.ts';
import { issueReceipt } from '../orders/receipts.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { decideFullRefund } from './decide-refund.ts';
import { itemsOfPaid } from './mark-paid.ts';
import type { PaymentEvent } from './payment-gateway.ts';
import { settleRefund } from './send-refund.ts';

/** What a gateway reports of one payment of ours. */
export type EventOfPayment = Extract<PaymentEvent, { paymentId: PaymentId }>;

export interface ApplyEventDeps {
  readonly outbox: Outbox;
  readonly logger: Logger;
  /** How long a paid order rests before its dispatch. */
  readonly dispatchDelayMs: number;
}

/** Moves payment and order on by what the gateway reported, where their states allow it. Idempotent. */
export async function applyEvent(
  deps: ApplyEventDeps,
  tx: Tx,
  event: EventOfPayment,
  locked: LockedOrder,
  now: number,
): Promise<Consequence[]> {
  const { status, id, gatewayRef } = locked.payment;
  // Of an earlier attempt at this payment, only what it took matters.
  const isOwn = gatewayRef === null || gatewayRef === event.gatewayRef;
  switch (event.kind) {
    case 'processing':
      if (isOwn && status === 'requires_confirmation') await setPayment(tx, id, 'processing', now);
      return [];
    case 'succeeded':
      if (status === 'succeeded' || status === 'refunded') return [];
      return takePayment(deps, tx, event, locked, now);
    case 'failed':
      if (!isOwn || !isOpen(status)) return [];
      if (status === 'processing') await setPayment(tx, id, 'requires_confirmation', now);
      await tellDeclined(deps, tx, locked, now);
      return [];
    case 'cancelled':
      if (!isOwn || !isOpen(status)) return [];
      return cancelUnpaid(deps, tx, locked, now);
    case 'refunded':
      if (event.refundId !== undefined) await settleRefund(tx, event.refundId, 'succeeded', now);
      return [];
    case 'refund-failed':
      deps.logger.error({ event: 'refund-failed', refundId: event.refundId, orderId: locked.order.id });
      await settleRefund(tx, event.refundId, 'failed', now);
      return [];
  }
}

function isOpen(status: PaymentStatus): boolean {
  return status === 'requires_confirmation' || status === 'processing';
}

async function setPayment(tx: Tx, id: PaymentId, status: PaymentStatus, now: number): Promise<void> {
  await tx.update(payments).set({ status, updatedAt: now }).where(eq(payments.id, id));
}

/** Paid in time: the order goes on to dispatch. Paid too late: the money goes back. */
async function takePayment(
  { outbox, dispatchDelayMs }: ApplyEventDeps,
  tx: Tx,
  { gatewayRef }: EventOfPayment,
  locked: LockedOrder,
  now: number,
): Promise<Consequence[]> {
  const change = { status: 'succeeded', gatewayRef, updatedAt: now } as const;
  await tx.update(payments).set(change).where(eq(payments.id, locked.payment.id));
  const { order } = locked;
  if (canBecome(orderTransitions, order.status, 'paid')) {
    await tx.update(orders).set({ status: 'paid', updatedAt: now }).where(eq(orders.id, order.id));
    await issueReceipt(tx, order.id, now);
    await outbox.publish(tx, ...itemsOfPaid(order, { now, dispatchDelayMs }));
    return [];
  }
  const paid = { ...locked, payment: { ...locked.payment, ...change } };
  const refundId = await decideFullRefund(tx, paid, { reason: 'paid-too-late', now });
  return refundId === undefined ? [] : [{ kind: 'refund-decided', refundId }];
}

/** The order goes on until its time to pay is over: its buyer may try another card. */
async function tellDeclined(
  { outbox }: ApplyEventDeps,
  tx: Tx,
  { order: { id: orderId, status, showId, buyerId } }: LockedOrder,
  now: number,
): Promise<void> {
  if (status !== 'pending_payment' || showId === null) return;
  const entry = createEntry('payment:declined', now, { orderId }, buyerId);
  await outbox.publish(tx, { kind: 'timeline', showId, entry });
}

/** Nothing was charged: the units go back at once, and the buyer is told. */
async function cancelUnpaid(
  { outbox }: ApplyEventDeps,
  tx: Tx,
  locked: LockedOrder,
  now: number,
): Promise<Consequence[]> {
  await setPayment(tx, locked.payment.id, 'cancelled', now);
  const { status: from } = locked.order;
  if (from !== 'pending_payment') return [];
  await changeOrder({ outbox, now }, tx, locked.order, 'cancelled');
  await giveUnitsBack(tx, locked, { from, now, reason: 'not paid' });
  return [
    { kind: 'units-moved', order: locked },
    { kind: 'payment-void', order: locked },
  ];
}
