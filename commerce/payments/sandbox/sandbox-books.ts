import { randomUUID } from 'node:crypto';
import { type PaymentId, paymentIdSchema, type RefundId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { type SandboxEventType, sandboxEvents, sandboxPayments } from '../../db/schema/sandbox.ts';
import type { Outbox } from '../../outbox/outbox.ts';

export type SandboxPayment = typeof sandboxPayments.$inferSelect;

/** A payment of the sandbox with its row locked. Throws AppError NOT_FOUND. */
export async function lockSandboxPayment(tx: Tx, id: string): Promise<SandboxPayment> {
  const [payment] = await tx.select().from(sandboxPayments).where(eq(sandboxPayments.id, id)).for('update');
  if (payment === undefined) throw new AppError('NOT_FOUND', { detail: `sandbox payment ${id}` });
  return payment;
}

interface Announcing {
  readonly tx: Tx;
  readonly outbox: Outbox;
  readonly now: number;
}

/** Notes an event, and has its webhook delivered after `delayMs`. */
export async function announceEvent(
  { tx, outbox, now }: Announcing,
  paymentId: string,
  type: SandboxEventType,
  { delayMs = 0, refundId = null }: { delayMs?: number; refundId?: RefundId | null } = {},
): Promise<void> {
  const eventId = `evt_${randomUUID()}`;
  await tx.insert(sandboxEvents).values({ id: eventId, paymentId, type, refundId, createdAt: now });
  const payload: { paymentId: PaymentId; eventId: string } = {
    paymentId: paymentIdSchema.parse(paymentId),
    eventId,
  };
  await outbox.publish(tx, { kind: 'job', name: 'sandbox-webhook', payload, jobId: eventId, delayMs });
}
