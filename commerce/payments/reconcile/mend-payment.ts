import { createHash } from 'node:crypto';
import { createId, type RefundId, refundIdSchema } from '@souk/protocol/ids';
import { canBecome, orderTransitions } from '@souk/protocol/states';
import { and, eq } from 'drizzle-orm';
import { type Database, inTransaction, type Tx } from '../../db/database.ts';
import { payments, refunds } from '../../db/schema/orders.ts';
import type { Consequence, FollowUp } from '../../orders/aftermath.ts';
import { giveUnitsBack } from '../../orders/give-units-back.ts';
import { changeOrder, type LockedOrder, lockOrder } from '../../orders/order-repository.ts';
import { type ApplyEventDeps, applyEvent } from '../apply-event.ts';
import type { ListedPayment, PaymentGateway } from '../payment-gateway.ts';
import { type BelievedPayment, readBelieved } from './believed-payments.ts';
import { type NewFinding, saveFinding } from './findings.ts';
import { judgePayment, type Verdict } from './judge-payment.ts';

export interface MendDeps extends ApplyEventDeps {
  readonly db: Database;
  readonly gateway: PaymentGateway;
  readonly followUp: FollowUp;
}

/** A disagreement: what the gateway says, what the house believes, and how that was judged. */
export interface Disagreement {
  readonly listed: ListedPayment;
  readonly believed: BelievedPayment;
  readonly verdict: Verdict;
  readonly quietBefore: number;
  readonly now: number;
}

type Mended = Pick<NewFinding, 'kind' | 'status' | 'detail'> & {
  readonly consequences?: readonly Consequence[];
};

/**
 * Mends a disagreement inside the house: with the order locked, if it is still one, and together with its finding.
 * What has to follow is done after the commit.
 */
export async function mendInside(
  deps: MendDeps,
  disagreement: Disagreement,
  mend: (tx: Tx, locked: LockedOrder) => Promise<Mended | undefined>,
): Promise<void> {
  const { listed, believed, verdict, quietBefore, now } = disagreement;
  const { id, orderId } = believed.payment;
  const consequences = await inTransaction(deps.db, async (tx) => {
    const locked = await lockOrder(tx, orderId);
    const fresh = (await readBelieved(tx, deps.gateway.name, [id])).get(id);
    if (fresh === undefined || judgePayment(listed, fresh, quietBefore) !== verdict) return [];
    const mended = await mend(tx, locked);
    if (mended === undefined) return [];
    const { consequences: following = [], ...finding } = mended;
    await saveFinding(tx, { ...factsOf(disagreement), ...finding }, now);
    return following;
  });
  await deps.followUp(consequences);
}

function factsOf({ listed, believed }: Disagreement): Omit<NewFinding, 'kind' | 'status' | 'detail'> {
  const { payment, merchantId } = believed;
  const { gatewayRef, amount } = listed;
  return { ...{ merchantId, orderId: payment.orderId, paymentId: payment.id }, ...{ gatewayRef, amount } };
}

/** The webhook got lost: what it would have done is done now. */
export async function markPaid(deps: MendDeps, disagreement: Disagreement): Promise<void> {
  const { listed, believed, now } = disagreement;
  const event = { ...eventOf(listed, believed), kind: 'succeeded' } as const;
  await mendInside(deps, disagreement, async (tx, locked) => {
    const isInTime = canBecome(orderTransitions, locked.order.status, 'paid');
    const consequences = await applyEvent(deps, tx, event, locked, now);
    return isInTime
      ? {
          ...{ kind: 'paid-not-marked', status: 'mended', consequences },
          detail:
            'The payment service had charged the buyer and its message got lost. The order is paid now.',
        }
      : {
          ...{ kind: 'charged-after-expiry', status: 'mended', consequences },
          detail: 'The buyer was charged after the order had ended. The money goes back in full.',
        };
  });
}

/** The same for a payment that cannot be paid any more; nothing was charged, so there is no finding. */
export async function markFailed(deps: MendDeps, disagreement: Disagreement): Promise<void> {
  const { listed, believed, now } = disagreement;
  const event = { ...eventOf(listed, believed), kind: 'cancelled' } as const;
  const { orderId } = believed.payment;
  const consequences = await inTransaction(deps.db, async (tx) =>
    applyEvent(deps, tx, event, await lockOrder(tx, orderId), now),
  );
  await deps.followUp(consequences);
}

function eventOf({ gatewayRef }: ListedPayment, { payment }: BelievedPayment) {
  return { eventId: `reconcile:${gatewayRef}`, gatewayRef, paymentId: payment.id };
}

/** Nobody has paid: an order that is still here is called off; of one that has left, a person must decide. */
export async function markUnpaid(deps: MendDeps, disagreement: Disagreement): Promise<void> {
  const { now } = disagreement;
  await mendInside(deps, disagreement, async (tx, locked) => {
    const { order, payment } = locked;
    const from = order.status;
    const kind = 'marked-not-paid';
    if (from !== 'paid' && from !== 'allocated')
      return {
        ...{ kind, status: 'open' },
        detail:
          'The order counts as paid, but the payment service has not charged anything. It cannot be called off any more: ask the buyer to pay.',
      };
    await changeOrder({ outbox: deps.outbox, now }, tx, order, 'cancelled');
    await giveUnitsBack(tx, locked, { from, now, reason: 'not paid after all' });
    const pending = and(eq(refunds.paymentId, payment.id), eq(refunds.status, 'pending'));
    await tx.update(refunds).set({ status: 'failed', updatedAt: now }).where(pending);
    const unpaid = { status: 'cancelled', refundedMinor: 0, updatedAt: now } as const;
    await tx.update(payments).set(unpaid).where(eq(payments.id, payment.id));
    return {
      ...{ kind, status: 'mended' },
      detail:
        'The order counted as paid, but the payment service has not charged anything. It was cancelled, and its units are for sale again.',
      consequences: [
        { kind: 'units-moved', order: locked },
        { kind: 'payment-void', order: locked },
      ],
    };
  });
}

/** Money went back that the house did not send: somebody did it at the payment service. */
export async function noteRefund(deps: MendDeps, disagreement: Disagreement): Promise<void> {
  const { listed, believed, now } = disagreement;
  const { succeededMinor, pendingMinor } = believed.refunds;
  const amountMinor = listed.refundedMinor - succeededMinor - pendingMinor;
  await mendInside(deps, disagreement, async (tx, locked) => {
    const { order, payment } = locked;
    const reason = 'made at the payment service';
    await tx.insert(refunds).values({
      ...{ id: createId('refund'), paymentId: payment.id, orderId: order.id, status: 'succeeded' },
      ...{ amountMinor, reason, restock: false, actorId: null },
      ...{ idempotencyKey: `house:outside:${listed.refundedMinor}`, requestHash: reason },
      ...{ createdAt: now, updatedAt: now },
    });
    const refundedMinor = payment.refundedMinor + amountMinor;
    const isFull = refundedMinor === payment.amountMinor;
    const status = isFull && pendingMinor === 0 ? 'refunded' : payment.status;
    await tx
      .update(payments)
      .set({ refundedMinor, status, updatedAt: now })
      .where(eq(payments.id, payment.id));
    const consequences = isFull ? await endRefunded(deps, tx, locked, now) : [];
    return {
      ...{ kind: 'refund-differs', status: 'mended', consequences },
      detail: 'Money was paid back at the payment service itself. It is noted as a refund of this order.',
    };
  });
}

/** An order whose money is all back does not go on. */
async function endRefunded(
  { outbox }: MendDeps,
  tx: Tx,
  locked: LockedOrder,
  now: number,
): Promise<Consequence[]> {
  const from = locked.order.status;
  if (!canBecome(orderTransitions, from, 'refunded') || from === 'cancelled') return [];
  await changeOrder({ outbox, now }, tx, locked.order, 'refunded');
  if (from !== 'paid' && from !== 'allocated') return [];
  await giveUnitsBack(tx, locked, { from, now, reason: 'refunded at the payment service' });
  return [{ kind: 'units-moved', order: locked }];
}

/** Nothing that a program should decide. */
export async function leaveToPerson(
  { db }: MendDeps,
  disagreement: Disagreement,
  finding: Pick<NewFinding, 'kind' | 'detail'>,
): Promise<void> {
  await saveFinding(db.orm, { ...factsOf(disagreement), ...finding, status: 'open' }, disagreement.now);
}

/** The second charge for the same order goes back. The finding is written first, so that it is not lost in between. */
export async function refundExtra({ db, gateway }: MendDeps, disagreement: Disagreement): Promise<void> {
  const { listed, believed, now } = disagreement;
  const facts = { ...factsOf(disagreement), kind: 'charged-twice' } as const;
  const begun = 'The buyer was charged twice. The second charge is being paid back.';
  await saveFinding(db.orm, { ...facts, status: 'open', detail: begun }, now);
  const { gatewayRef, amount, refundedMinor } = listed;
  const outcome = await gateway.refund({
    refundId: refundIdOf(gatewayRef),
    ...{ paymentId: believed.payment.id, gatewayRef, payee: believed.payment.payee },
    amount: { ...amount, amountMinor: amount.amountMinor - refundedMinor },
  });
  if (outcome === 'failed') {
    const detail =
      'The buyer was charged twice, and the payment service refuses to pay the second charge back.';
    return saveFinding(db.orm, { ...facts, status: 'open', detail }, now);
  }
  const detail = 'The buyer was charged twice. The second charge was paid back.';
  await saveFinding(db.orm, { ...facts, status: 'mended', detail }, now);
}

/** The same payment gets the same refund, whoever asks and however often. */
function refundIdOf(gatewayRef: string): RefundId {
  const digest = createHash('sha256').update(`charged-twice:${gatewayRef}`).digest('hex');
  return refundIdSchema.parse(`ref_${digest.slice(0, 20)}`);
}
