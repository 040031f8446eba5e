import type { PaymentId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { eq } from 'drizzle-orm';
import type { CrashSeam } from '../../crash-seam.ts';
import { type Database, inTransaction } from '../../db/database.ts';
import { sandboxEvents, sandboxPayments } from '../../db/schema/sandbox.ts';
import { lockSandboxPayment } from './sandbox-books.ts';
import { assertFaultFree, type SandboxFaults } from './sandbox-faults.ts';
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
    const body = await settleEvent(deps.db, eventId);
    if (body === undefined) return;
    deps.crash.reach('after-charge');
    assertFaultFree(deps.faults, 'webhook');
    await post(deps, JSON.stringify(body));
    await deps.db.orm.update(sandboxEvents).set({ delivered: true }).where(eq(sandboxEvents.id, eventId));
  };
}

/** Makes the event come true in the sandbox's books; undefined when it is void or was delivered before. */
async function settleEvent(db: Database, eventId: string) {
  return inTransaction(db, async (tx) => {
    const [event] = await tx.select().from(sandboxEvents).where(eq(sandboxEvents.id, eventId));
    if (event === undefined || event.delivered) return undefined;
    const payment = await lockSandboxPayment(tx, event.paymentId);
    if (event.type === 'payment.succeeded' && payment.status === 'canceled') {
      await tx.update(sandboxEvents).set({ delivered: true }).where(eq(sandboxEvents.id, eventId));
      return undefined;
    }
    if (event.type === 'payment.succeeded' && payment.status === 'processing')
      await tx.update(sandboxPayments).set({ status: 'succeeded' }).where(eq(sandboxPayments.id, payment.id));
    const { id, type, createdAt, refundId } = event;
    return {
      id,
      type,
      createdAt,
      data: { paymentId: payment.id, declineCode: payment.declineCode, refundId },
    };
  });
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
