import { randomBytes } from 'node:crypto';
import { type PaymentId, paymentIdSchema, type RefundId, refundIdSchema } from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import type { PaymentStatus } from '@souk/protocol/states';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Database, inTransaction } from '../../db/database.ts';
import {
  type SandboxStatus,
  sandboxEventTypes,
  sandboxPayments,
  sandboxRefunds,
} from '../../db/schema/sandbox.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import type { NewRefund, PaymentEvent, PaymentGateway } from '../payment-gateway.ts';
import { announceEvent, lockSandboxPayment } from './sandbox-books.ts';
import { assertFaultFree, type SandboxFaults } from './sandbox-faults.ts';
import { assertWebhookSignature, SANDBOX_SIGNATURE_HEADER } from './signature.ts';

export interface SandboxGatewayDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly webhookSecret: string;
  readonly faults: SandboxFaults;
  readonly nodeEnv: 'development' | 'test' | 'production';
}

const statusOf: Readonly<Record<SandboxStatus, PaymentStatus>> = {
  requires_payment_method: 'requires_confirmation',
  processing: 'processing',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
};

/**
 * The offline twin of a payment service: keeps its own books, charges later, reports by signed webhooks, and fails on
 * request. Throws Error in production.
 */
export function createSandboxGateway(deps: SandboxGatewayDeps): PaymentGateway {
  const { db, clock, faults } = deps;
  if (deps.nodeEnv === 'production')
    throw new Error('the payment sandbox is refused in production: set PAYMENT_GATEWAY');
  return {
    name: 'sandbox',
    async createPayment({ paymentId, amount }) {
      assertFaultFree(faults, 'create');
      const clientSecret = `${paymentId}_secret_${randomBytes(16).toString('hex')}`;
      const row = {
        id: paymentId,
        clientSecret,
        ...amount,
        status: 'requires_payment_method',
        createdAt: clock.now(),
      } as const;
      const [created] = await db.orm.insert(sandboxPayments).values(row).onConflictDoNothing().returning();
      const payment = created ?? (await getPayment(db, paymentId));
      return { gatewayRef: payment.id, clientSecret: payment.clientSecret };
    },
    async cancelPayment(gatewayRef) {
      assertFaultFree(faults, 'cancel');
      await inTransaction(db, async (tx) => {
        const payment = await lockSandboxPayment(tx, gatewayRef);
        if (payment.status !== 'requires_payment_method' && payment.status !== 'processing') return;
        await tx
          .update(sandboxPayments)
          .set({ status: 'canceled' })
          .where(eq(sandboxPayments.id, gatewayRef));
        await announceEvent({ tx, outbox: deps.outbox, now: clock.now() }, gatewayRef, 'payment.canceled');
      });
    },
    refund(refund) {
      assertFaultFree(faults, 'refund');
      return refundPayment(deps, refund);
    },
    async retrieve(gatewayRef) {
      assertFaultFree(faults, 'retrieve');
      const { status, amountMinor, currency, refundedMinor } = await getPayment(db, gatewayRef);
      const isRefunded = status === 'succeeded' && refundedMinor === amountMinor;
      const amount = { amountMinor, currency: currency as Currency };
      return { status: isRefunded ? 'refunded' : statusOf[status], amount, refundedMinor };
    },
    parseWebhook(rawBody, headers) {
      assertWebhookSignature(deps.webhookSecret, rawBody, headers[SANDBOX_SIGNATURE_HEADER], clock.now());
      return toEvent(webhookSchema.parse(JSON.parse(rawBody.toString('utf8'))));
    },
    handleOf: (paymentId, clientSecret) => ({ gateway: 'sandbox', paymentId, clientSecret }),
  };
}

async function getPayment(db: Database, id: string): Promise<typeof sandboxPayments.$inferSelect> {
  const [payment] = await db.orm.select().from(sandboxPayments).where(eq(sandboxPayments.id, id));
  if (payment === undefined) throw new AppError('NOT_FOUND', { detail: `sandbox payment ${id}` });
  return payment;
}

async function refundPayment(
  deps: SandboxGatewayDeps,
  { refundId, gatewayRef, amount }: NewRefund,
): Promise<'succeeded' | 'failed'> {
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    const payment = await lockSandboxPayment(tx, gatewayRef);
    const row = { id: refundId, paymentId: gatewayRef, amountMinor: amount.amountMinor, createdAt: now };
    const made = await tx.insert(sandboxRefunds).values(row).onConflictDoNothing().returning();
    if (made.length === 0) return 'succeeded';
    const left = payment.status === 'succeeded' ? payment.amountMinor - payment.refundedMinor : 0;
    if (amount.amountMinor > left) {
      await tx.delete(sandboxRefunds).where(eq(sandboxRefunds.id, refundId));
      return 'failed';
    }
    const refundedMinor = sql`${sandboxPayments.refundedMinor} + ${amount.amountMinor}`;
    await tx.update(sandboxPayments).set({ refundedMinor }).where(eq(sandboxPayments.id, gatewayRef));
    await announceEvent({ tx, outbox: deps.outbox, now }, gatewayRef, 'payment.refunded', { refundId });
    return 'succeeded';
  });
}

/** The body of a webhook. */
export const webhookSchema = z.strictObject({
  id: z.string(),
  type: z.enum(sandboxEventTypes),
  createdAt: z.int(),
  data: z.strictObject({
    paymentId: paymentIdSchema,
    declineCode: z.string().nullable(),
    refundId: refundIdSchema.nullable(),
  }),
});

function toEvent({ id, type, data }: z.infer<typeof webhookSchema>): PaymentEvent {
  const base: { eventId: string; gatewayRef: string; paymentId: PaymentId } = {
    eventId: id,
    gatewayRef: data.paymentId,
    paymentId: data.paymentId,
  };
  const refundId: RefundId | undefined = data.refundId ?? undefined;
  switch (type) {
    case 'payment.processing':
      return { ...base, kind: 'processing' };
    case 'payment.succeeded':
      return { ...base, kind: 'succeeded' };
    case 'payment.failed':
      return { ...base, kind: 'failed', declineCode: data.declineCode ?? 'unknown' };
    case 'payment.canceled':
      return { ...base, kind: 'cancelled' };
    case 'payment.refunded':
      return { ...base, kind: 'refunded', refundId };
  }
}
