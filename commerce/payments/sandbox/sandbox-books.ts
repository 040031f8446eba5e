import { randomUUID } from 'node:crypto';
import { type PaymentId, paymentIdSchema, type RefundId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { eq } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/database.ts';
import { type SandboxEventType, sandboxEvents, sandboxPayments } from '../../db/schema/sandbox.ts';
import type { Outbox, OutboxItem } from '../../outbox/outbox.ts';

export type SandboxPayment = typeof sandboxPayments.$inferSelect;

/** A payment of the sandbox with its row locked. Throws AppError NOT_FOUND. */
export async function lockSandboxPayment(tx: Tx, id: string): Promise<SandboxPayment> {
  const [payment] = await tx.select().from(sandboxPayments).where(eq(sandboxPayments.id, id)).for('update');
  if (payment === undefined) throw new AppError('NOT_FOUND', { detail: `sandbox payment ${id}` });
  return payment;
}

/** Throws AppError NOT_FOUND. */
export async function getSandboxPayment(orm: Executor, id: string): Promise<SandboxPayment> {
  const [payment] = await orm.select().from(sandboxPayments).where(eq(sandboxPayments.id, id));
  if (payment === undefined) throw new AppError('NOT_FOUND', { detail: `sandbox payment ${id}` });
  return payment;
}

export interface EventWish {
  readonly type: SandboxEventType;
  /** The webhook is delivered after this long. */
  readonly delayMs?: number;
  readonly refundId?: RefundId | null;
}

export interface NewEvent {
  readonly id: string;
  readonly type: SandboxEventType;
  readonly refundId: RefundId | null;
  /** Has the webhook delivered. */
  readonly job: OutboxItem;
}

/** An event of a payment, to be written down together with its job. */
export function createEvent(paymentId: string, { type, delayMs = 0, refundId = null }: EventWish): NewEvent {
  const id = `evt_${randomUUID()}`;
  const payload: { paymentId: PaymentId; eventId: string } = {
    paymentId: paymentIdSchema.parse(paymentId),
    eventId: id,
  };
  return {
    ...{ id, type, refundId },
    job: { kind: 'job', name: 'sandbox-webhook', payload, jobId: id, delayMs },
  };
}

interface Announcing {
  readonly tx: Tx;
  readonly outbox: Outbox;
  readonly now: number;
}

/** Notes an event, and has its webhook delivered. */
export async function announceEvent(
  { tx, outbox, now }: Announcing,
  paymentId: string,
  wish: EventWish,
): Promise<void> {
  const { id, type, refundId, job } = createEvent(paymentId, wish);
  await tx.insert(sandboxEvents).values({ id, paymentId, type, refundId, createdAt: now });
  await outbox.publish(tx, job);
}
