import { timingSafeEqual } from 'node:crypto';
import type { PaymentId } from '@souk/protocol/ids';
import type { PaymentStatus } from '@souk/protocol/states';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import type { SandboxStatus } from '../../db/schema/sandbox.ts';
import { toOutboxRows } from '../../outbox/outbox.ts';
import { createEvent, type EventWish, getSandboxPayment } from './sandbox-books.ts';
import { type CardOutcome, outcomeOfCard } from './test-cards.ts';

export interface Confirmation {
  readonly paymentId: PaymentId;
  readonly clientSecret: string;
  /** Digits only. */
  readonly cardNumber: string;
}

export interface ConfirmDeps {
  readonly db: Database;
  readonly clock: Clock;
}

export type ConfirmPayment = (
  confirmation: Confirmation,
) => Promise<{ status: PaymentStatus; declineCode: string | null }>;

/** A decline is known at once; its webhook follows. */
const DECLINE_DELAY_MS = 50;
/** A charge that takes longer than this is announced as being under way. */
const SLOW_MS = 1_000;
/** The buyer's bank takes its time. */
const DISPUTE_DELAY_MS = 2_000;

/**
 * The buyer's page hands in a card, as with a real service's own fields. The charge itself happens later and is
 * reported by webhook. A decline is answered at once, and leaves the payment open for another card. Throws AppError
 * NOT_FOUND (also for a wrong secret), ORDER_ALREADY_PAID, PAYMENT_IN_PROGRESS, INVALID_TRANSITION after a cancellation.
 */
export function createConfirmPayment(deps: ConfirmDeps): ConfirmPayment {
  return async (confirmation) => {
    const outcome = outcomeOfCard(confirmation.cardNumber);
    const isDeclined = outcome.kind === 'declined';
    const status = isDeclined ? 'requires_payment_method' : 'processing';
    const declineCode = isDeclined ? outcome.declineCode : null;
    if (!(await confirm(deps, confirmation, { status, declineCode, events: eventsOf(outcome) })))
      throw await explain(deps, confirmation);
    return { status: isDeclined ? 'requires_confirmation' : 'processing', declineCode };
  };
}

function eventsOf(outcome: CardOutcome): EventWish[] {
  if (outcome.kind === 'declined') return [{ type: 'payment.failed', delayMs: DECLINE_DELAY_MS }];
  const { afterMs, isDisputed = false } = outcome;
  const events: EventWish[] = [{ type: 'payment.succeeded', delayMs: afterMs }];
  if (afterMs > SLOW_MS) events.unshift({ type: 'payment.processing' });
  if (isDisputed) events.push({ type: 'payment.disputed', delayMs: afterMs + DISPUTE_DELAY_MS });
  return events;
}

interface Change {
  readonly status: SandboxStatus;
  readonly declineCode: string | null;
  readonly events: readonly EventWish[];
}

/** Writes the change, its events and their jobs in one statement; false when the payment is not open to this buyer. */
async function confirm(
  { db, clock }: ConfirmDeps,
  { paymentId, clientSecret }: Confirmation,
  { status, declineCode, events }: Change,
): Promise<boolean> {
  const now = clock.now();
  const at = sql`${new Date(now).toISOString()}::timestamptz`;
  const made = events.map((event) => createEvent(paymentId, event));
  const noted = JSON.stringify(made.map(({ id, type }) => ({ id, type })));
  const jobs = toOutboxRows(
    made.map(({ job }) => job),
    now,
  );
  const told = JSON.stringify(jobs.map(({ id, lane, payload }) => ({ id, lane, payload })));
  const { rows } = await db.orm.execute(sql`
    with confirmed as (
      update sandbox_payments set status = ${status}, decline_code = ${declineCode}
      where id = ${paymentId} and client_secret = ${clientSecret} and status = 'requires_payment_method'
      returning id
    ), noted as (
      insert into sandbox_events (id, payment_id, type, created_at)
      select e.id, confirmed.id, e.type, ${at} from confirmed, jsonb_to_recordset(${noted}::jsonb) as e(id text, type text)
    ), told as (
      insert into outbox (id, lane, payload, created_at)
      select o.id, o.lane, o.payload, ${at}
      from confirmed, jsonb_to_recordset(${told}::jsonb) as o(id text, lane text, payload jsonb)
    )
    select id from confirmed`);
  if (rows.length > 0) db.committed();
  return rows.length > 0;
}

/** Why a payment could not be confirmed. */
async function explain({ db }: ConfirmDeps, { paymentId, clientSecret }: Confirmation): Promise<AppError> {
  const payment = await getSandboxPayment(db.orm, paymentId);
  if (!isSame(payment.clientSecret, clientSecret)) return new AppError('NOT_FOUND');
  switch (payment.status) {
    // It was open the moment before; by now it may be again.
    case 'requires_payment_method':
    case 'processing':
      return new AppError('PAYMENT_IN_PROGRESS');
    case 'succeeded':
      return new AppError('ORDER_ALREADY_PAID');
    case 'failed':
    case 'canceled':
      return new AppError('INVALID_TRANSITION');
  }
}

function isSame(secret: string, given: string): boolean {
  const [a, b] = [Buffer.from(secret), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
