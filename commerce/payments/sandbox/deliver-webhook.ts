import type { PaymentId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { CrashSeam } from '../../crash-seam.ts';
import type { Database } from '../../db/database.ts';
import {
  type SandboxStatus,
  sandboxEvents,
  sandboxPayments,
  sandboxStatuses,
} from '../../db/schema/sandbox.ts';
import { getSandboxPayment } from './sandbox-books.ts';
import { assertFaultFree, type SandboxFaults } from './sandbox-faults.ts';
import { type SandboxWebhook, webhookSchema } from './sandbox-webhook.ts';
import { SANDBOX_SIGNATURE_HEADER, signWebhook } from './signature.ts';

export interface DeliverWebhookDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly faults: SandboxFaults;
  readonly crash: CrashSeam;
  readonly webhookSecret: string;
  /** Base address of commerce, as its neighbours reach it. */
  readonly commerceUrl: string;
}

export type DeliverWebhook = (job: {
  readonly paymentId: PaymentId;
  readonly eventId: string;
}) => Promise<void>;

const ANSWER_TIMEOUT_MS = 5_000;

/**
 * The sandbox's own worker: charges when the time has come, then delivers the signed webhook over HTTP. May run twice.
 * Throws AppError PAYMENT_UNAVAILABLE when the webhook was not accepted; the job then tries again.
 */
export function createDeliverWebhook(deps: DeliverWebhookDeps): DeliverWebhook {
  return async ({ eventId }) => {
    const body = await settleEvent(deps, eventId);
    if (body === undefined) return;
    deps.crash.reach('after-charge');
    assertFaultFree(deps.faults, 'webhook');
    if (!deps.faults.has('webhook-lost')) await post(deps, JSON.stringify(body));
    await deps.db.orm.update(sandboxEvents).set({ delivered: true }).where(eq(sandboxEvents.id, eventId));
  };
}

const settledSchema = z.object({
  event: webhookSchema.omit({ data: true }),
  data: webhookSchema.shape.data,
  status: z.enum(sandboxStatuses),
});

/**
 * Makes the event come true in the sandbox's books, in one statement; undefined when it is void or was delivered before.
 */
async function settleEvent(
  { db, clock, faults }: DeliverWebhookDeps,
  eventId: string,
): Promise<SandboxWebhook | undefined> {
  const at = sql`${new Date(clock.now()).toISOString()}::timestamptz`;
  const outcome: SandboxStatus = faults.has('false-success') ? 'canceled' : 'succeeded';
  const result = await db.orm.execute(sql`
    with due as materialized (
      select e.id, e.type, e.refund_id, e.created_at, p.id payment_id, p.status, p.decline_code, p.amount_minor
      from sandbox_events e join sandbox_payments p on p.id = e.payment_id
      where e.id = ${eventId} and not e.delivered for update of p
    ), charged as (
      update sandbox_payments p set status = ${outcome}, settled_at = ${at} from due
      where p.id = due.payment_id and due.type = 'payment.succeeded' and due.status = 'processing'
    ), void as (
      update sandbox_events e set delivered = true from due
      where e.id = due.id and due.type = 'payment.succeeded' and due.status = 'canceled'
    )
    select json_build_object('id', id, 'type', type, 'createdAt', round(extract(epoch from created_at) * 1000)) event,
      json_build_object('paymentId', payment_id, 'declineCode', decline_code, 'refundId', refund_id,
        'disputedMinor', amount_minor) as data,
      status
    from due`);
  const [row] = result.rows;
  if (row === undefined) return undefined;
  const { event, data, status } = settledSchema.parse(row);
  if (event.type === 'payment.succeeded' && status === 'canceled') return undefined;
  if (event.type === 'payment.succeeded' && faults.has('double-charge'))
    await chargeAgain(db, data.paymentId);
  return { ...event, data };
}

/** The same buyer is charged once more for the same thing. */
async function chargeAgain({ orm }: Database, paymentId: PaymentId): Promise<void> {
  const payment = await getSandboxPayment(orm, paymentId);
  await orm
    .insert(sandboxPayments)
    .values({ ...payment, id: `${paymentId}-again`, copyOf: paymentId })
    .onConflictDoNothing();
}

async function post({ commerceUrl, webhookSecret, clock }: DeliverWebhookDeps, body: string): Promise<void> {
  const response = await fetch(new URL('/api/payments/webhooks/sandbox', commerceUrl), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [SANDBOX_SIGNATURE_HEADER]: signWebhook(webhookSecret, body, clock.now()),
    },
    body,
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new AppError('PAYMENT_UNAVAILABLE', { cause, detail: 'the webhook could not be delivered' });
  });
  await response.arrayBuffer();
  if (!response.ok)
    throw new AppError('PAYMENT_UNAVAILABLE', { detail: `the webhook was answered with ${response.status}` });
}
