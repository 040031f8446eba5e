import type { PaymentId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { sweepItems } from '../../sweep-items.ts';
import type { ListedPayment, PaymentGateway } from '../payment-gateway.ts';
import { type BelievedPayment, listUnconfirmed, noteConfirmed, readBelieved } from './believed-payments.ts';
import { isOwn, judgePayment } from './judge-payment.ts';
import {
  type Disagreement,
  leaveToPerson,
  type MendDeps,
  markFailed,
  markPaid,
  markUnpaid,
  noteRefund,
  refundExtra,
} from './mend-payment.ts';
import { notePlace, type PassSpec, passes, takePass } from './passes.ts';

export interface ReconcileDeps extends MendDeps {
  readonly clock: Clock;
  /** A webhook has this long before it counts as lost. */
  readonly graceMs: number;
}

/**
 * Compares the gateway's list with the house's payments, and mends what differs. A run goes so far and no further; the
 * next goes on there. Several workers may run it. Throws AppError PAYMENT_UNAVAILABLE.
 */
export type ReconcilePayments = () => Promise<void>;

const LEASE_MS = 60_000;
/** After so many times the grace the list should have shown a payment; otherwise it is asked for by itself. */
const UNSEEN_GRACES = 6;

export function createReconcilePayments(deps: ReconcileDeps): ReconcilePayments {
  return async () => {
    for (const pass of passes) await runPass(deps, pass);
    await confirmUnseen(deps);
  };
}

async function runPass(deps: ReconcileDeps, pass: PassSpec): Promise<void> {
  const { db, gateway, clock } = deps;
  const id = `${gateway.name}:${pass.name}`;
  const place = await takePass(db, id, pass, { now: clock.now(), leaseMs: LEASE_MS });
  if (place === undefined) return;
  let cursor = place.cursor;
  try {
    for (let pages = 0; pages < pass.pagesPerRun; pages += 1) {
      cursor = await runPage(deps, place.createdAfter, cursor);
      const now = clock.now();
      await notePlace(db, id, { cursor, leasedUntil: now + LEASE_MS, now });
      if (cursor === null) break;
    }
  } finally {
    const now = clock.now();
    await notePlace(db, id, { cursor, leasedUntil: now, now });
  }
}

/** Gives back where to go on; null: at the beginning. */
async function runPage(
  deps: ReconcileDeps,
  createdAfter: number,
  cursor: string | null,
): Promise<string | null> {
  const { gateway } = deps;
  const quietBefore = deps.clock.now() - deps.graceMs;
  const page = await gateway
    .list({ createdAfter, cursor: cursor ?? undefined })
    // The payment that the last page ended with is gone.
    .catch((error: unknown) => {
      if (cursor !== null && error instanceof AppError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    });
  if (page === undefined) return null;
  await compareAll(deps, page.payments, quietBefore);
  return page.nextCursor;
}

async function compareAll(
  deps: ReconcileDeps,
  listed: readonly ListedPayment[],
  quietBefore: number,
): Promise<void> {
  const ids = listed.flatMap(({ paymentId }) => paymentId ?? []);
  if (ids.length === 0) return;
  const believed = await readBelieved(deps.db.orm, deps.gateway.name, ids);
  const confirmed: PaymentId[] = [];
  // Oldest first: of two charges for one order, the first is the order's own.
  await sweepItems(deps.logger, [...listed].reverse(), async (payment) => {
    const known = payment.paymentId === undefined ? undefined : believed.get(payment.paymentId);
    if (known === undefined) return;
    if (await compare(deps, payment, known, quietBefore)) confirmed.push(known.payment.id);
  });
  await noteConfirmed(deps.db, confirmed, deps.clock.now());
}

/** True when nothing is left to be done for a payment that counts as charged. */
async function compare(
  deps: ReconcileDeps,
  listed: ListedPayment,
  believed: BelievedPayment,
  quietBefore: number,
): Promise<boolean> {
  const verdict = judgePayment(listed, believed, quietBefore);
  const { status } = believed.payment;
  const isSettled = isOwn(listed, believed) && (status === 'succeeded' || status === 'refunded');
  if (verdict === 'agrees') return isSettled;
  if (verdict === 'too-early') return false;
  deps.logger.warn({ event: 'payments-disagree', verdict, orderId: believed.payment.orderId });
  await mend(deps, { listed, believed, verdict, quietBefore, now: deps.clock.now() });
  return isSettled;
}

async function mend(deps: ReconcileDeps, disagreement: Disagreement): Promise<void> {
  const { listed } = disagreement;
  switch (disagreement.verdict) {
    case 'agrees':
    case 'too-early':
      return;
    case 'stray':
      return deps.gateway.cancelPayment(listed.gatewayRef);
    case 'paid-not-marked':
      return markOwnFirst(deps, disagreement);
    case 'failed-not-marked':
      return markFailed(deps, disagreement);
    case 'marked-not-paid':
      return markUnpaid(deps, disagreement);
    case 'charged-twice':
      return refundExtra(deps, disagreement);
    case 'amount-differs':
      return leaveToPerson(deps, disagreement, {
        kind: 'amount-differs',
        detail:
          'The payment service has charged another amount than the order is over. Compare the two, and settle the difference with the buyer.',
      });
    case 'refunded-elsewhere':
      return noteRefund(deps, disagreement);
    case 'refund-missing':
      return leaveToPerson(deps, disagreement, {
        kind: 'refund-differs',
        detail:
          'A refund counts as paid out, but the payment service has paid back less. Look it up there, and pay the rest back.',
      });
  }
}

/** When two payments were charged for an order that counts as unpaid, its own is the one that counts. */
async function markOwnFirst(deps: ReconcileDeps, disagreement: Disagreement): Promise<void> {
  const { listed, believed, quietBefore } = disagreement;
  const { gatewayRef, id } = believed.payment;
  if (gatewayRef === null || isOwn(listed, believed)) return markPaid(deps, disagreement);
  const own = await lookUp(deps.gateway, gatewayRef, believed);
  const verdict = judgePayment(own, believed, quietBefore);
  if (verdict !== 'paid-not-marked') return markPaid(deps, disagreement);
  await markPaid(deps, { ...disagreement, listed: own });
  const fresh = (await readBelieved(deps.db.orm, deps.gateway.name, [id])).get(id);
  if (fresh !== undefined) await compare(deps, listed, fresh, quietBefore);
}

/** Payments that count as charged and that the list has not shown. */
async function confirmUnseen(deps: ReconcileDeps): Promise<void> {
  const { db, gateway, clock, graceMs } = deps;
  const now = clock.now();
  const unseen = await listUnconfirmed(db, gateway.name, now - graceMs * UNSEEN_GRACES);
  const confirmed: PaymentId[] = [];
  await sweepItems(deps.logger, unseen, async (believed) => {
    const { id, gatewayRef } = believed.payment;
    const listed = await lookUp(gateway, gatewayRef ?? id, believed);
    if (await compare(deps, listed, believed, now - graceMs)) confirmed.push(id);
  });
  await noteConfirmed(db, confirmed, clock.now());
}

/** A payment that the gateway does not know was never charged. */
async function lookUp(
  gateway: PaymentGateway,
  gatewayRef: string,
  { payment }: BelievedPayment,
): Promise<ListedPayment> {
  const { id: paymentId, createdAt, amountMinor, currency } = payment;
  const base = { gatewayRef, paymentId, createdAt, chargedAt: undefined };
  try {
    return { ...base, ...(await gateway.retrieve(gatewayRef)) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
    return { ...base, status: 'cancelled', amount: { amountMinor, currency }, refundedMinor: 0 };
  }
}
