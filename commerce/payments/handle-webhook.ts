import type { PaymentId } from '@souk/protocol/ids';
import { canBecome, orderTransitions, type PaymentStatus } from '@souk/protocol/states';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { eq } from 'drizzle-orm';
import type { CrashSeam } from '../crash-seam.ts';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import { paymentEvents, payments } from '../db/schema/orders.ts';
import type { Consequence, FollowUp } from '../orders/aftermath.ts';
import { giveUnitsBack } from '../orders/give-units-back.ts';
import { changeOrder, type LockedOrder, lockOrder } from '../orders/order-repository.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { decideFullRefund } from './decide-refund.ts';
import type { PaymentEvent, PaymentGateway, WebhookHeaders } from './payment-gateway.ts';
import { settleRefund } from './send-refund.ts';

export interface WebhookDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly gateway: PaymentGateway;
  readonly followUp: FollowUp;
  readonly crash: CrashSeam;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a paid order rests before its dispatch. */
  readonly dispatchDelayMs: number;
}

/**
 * Takes a webhook in, as raw bytes. Throws AppError NOT_FOUND for a gateway that is not in use, and
 * INVALID_WEBHOOK_SIGNATURE; nothing has changed then.
 */
export type HandleWebhook = (gateway: string, rawBody: Buffer, headers: WebhookHeaders) => Promise<void>;

type KnownEvent = Exclude<PaymentEvent, { kind: 'ignored' }>;

/** Webhooks come late, twice and in any order: each is taken in once, and moves states only where the tables allow it. */
export function createHandleWebhook(deps: WebhookDeps): HandleWebhook {
  return async (gateway, rawBody, headers) => {
    if (gateway !== deps.gateway.name) throw new AppError('NOT_FOUND');
    const event = deps.gateway.parseWebhook(rawBody, headers);
    if (event.kind === 'ignored') return;
    await deps.followUp(await inTransaction(deps.db, (tx) => takeIn(deps, tx, event)));
    deps.logger.info({ event: 'payment-event', kind: event.kind, paymentId: event.paymentId });
  };
}

async function takeIn(deps: WebhookDeps, tx: Tx, event: KnownEvent): Promise<Consequence[]> {
  const { kind, gatewayRef, eventId } = event;
  const gateway = deps.gateway.name;
  const row = { id: `${gateway}:${eventId}`, gateway, kind, gatewayRef, receivedAt: deps.clock.now() };
  const isNew = await tx
    .insert(paymentEvents)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: paymentEvents.id });
  if (isNew.length === 0) return [];
  deps.crash.reach('between-webhook-and-mark');
  const [payment] = await tx.select().from(payments).where(eq(payments.id, event.paymentId));
  if (payment === undefined || payment.gateway !== gateway) {
    deps.logger.warn({ event: 'payment-unknown', paymentId: event.paymentId });
    return [];
  }
  return apply(deps, tx, event, await lockOrder(tx, payment.orderId));
}

async function apply(
  deps: WebhookDeps,
  tx: Tx,
  event: KnownEvent,
  locked: LockedOrder,
): Promise<Consequence[]> {
  const now = deps.clock.now();
  const { status, id } = locked.payment;
  switch (event.kind) {
    case 'processing':
      if (status === 'requires_confirmation') await setPayment(tx, id, 'processing', now);
      return [];
    case 'succeeded':
      if (status === 'succeeded' || status === 'refunded') return [];
      await setPayment(tx, id, 'succeeded', now);
      return markPaid(deps, tx, { ...locked, payment: { ...locked.payment, status: 'succeeded' } }, now);
    case 'failed':
    case 'cancelled':
      if (status !== 'requires_confirmation' && status !== 'processing') return [];
      await setPayment(tx, id, event.kind, now);
      return cancelUnpaid(deps, tx, locked, { isDeclined: event.kind === 'failed', now });
    case 'refunded':
      if (event.refundId !== undefined) await settleRefund(tx, event.refundId, 'succeeded', now);
      return [];
    case 'refund-failed':
      deps.logger.error({ event: 'refund-failed', refundId: event.refundId, orderId: locked.order.id });
      await settleRefund(tx, event.refundId, 'failed', now);
      return [];
  }
}

async function setPayment(tx: Tx, id: PaymentId, status: PaymentStatus, now: number): Promise<void> {
  await tx.update(payments).set({ status, updatedAt: now }).where(eq(payments.id, id));
}

/** Paid in time: the order goes on to dispatch. Paid too late: the money goes back. */
async function markPaid(deps: WebhookDeps, tx: Tx, locked: LockedOrder, now: number): Promise<Consequence[]> {
  const { order } = locked;
  if (canBecome(orderTransitions, order.status, 'paid')) {
    await changeOrder({ outbox: deps.outbox, now }, tx, order, 'paid');
    await deps.outbox.publish(tx, {
      kind: 'job',
      name: 'order-dispatch',
      payload: { orderId: order.id },
      jobId: order.id,
      delayMs: deps.dispatchDelayMs,
    });
    return [];
  }
  const refundId = await decideFullRefund(tx, locked, { reason: 'paid-too-late', now });
  return refundId === undefined ? [] : [{ kind: 'refund-decided', refundId }];
}

/** Nothing was charged: the units go back at once, and the buyer is told. */
async function cancelUnpaid(
  { outbox }: WebhookDeps,
  tx: Tx,
  locked: LockedOrder,
  { isDeclined, now }: { isDeclined: boolean; now: number },
): Promise<Consequence[]> {
  const { id: orderId, status, showId, buyerId } = locked.order;
  if (status !== 'pending_payment') return [];
  if (isDeclined && showId !== null) {
    const entry = createEntry('payment:declined', now, { orderId }, buyerId);
    await outbox.publish(tx, { kind: 'timeline', showId, entry });
  }
  await changeOrder({ outbox, now }, tx, locked.order, 'cancelled');
  await giveUnitsBack(tx, locked, { from: status, now, reason: 'not paid' });
  return [
    { kind: 'units-moved', order: locked },
    { kind: 'payment-void', order: locked },
  ];
}
