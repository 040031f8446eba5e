import { randomBytes } from 'node:crypto';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { eq, sql } from 'drizzle-orm';
import { type Database, inTransaction } from '../../db/database.ts';
import { sandboxPayments, sandboxRefunds } from '../../db/schema/sandbox.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import type { CreatedPayment, NewPayment, NewRefund, PayeeDesk, PaymentGateway } from '../payment-gateway.ts';
import { listSandboxPayments, toSnapshot } from './list-payments.ts';
import { announceEvent, getSandboxPayment, lockSandboxPayment } from './sandbox-books.ts';
import { assertFaultFree, type SandboxFaults } from './sandbox-faults.ts';
import { toPaymentEvent, webhookSchema } from './sandbox-webhook.ts';
import { assertWebhookSignature, SANDBOX_SIGNATURE_HEADER } from './signature.ts';

export interface SandboxGatewayDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly webhookSecret: string;
  readonly faults: SandboxFaults;
  readonly nodeEnv: 'development' | 'test' | 'production';
}

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
    payees: sandboxPayees,
    createPayment: (payment) => createSandboxPayment(deps, payment),
    cancelPayment: (gatewayRef) => cancelSandboxPayment(deps, gatewayRef),
    refund: (refund) => refundPayment(deps, refund),
    async retrieve(gatewayRef) {
      assertFaultFree(faults, 'retrieve');
      return toSnapshot(await getSandboxPayment(db.orm, gatewayRef));
    },
    async list(request) {
      assertFaultFree(faults, 'list');
      return listSandboxPayments(db, request);
    },
    parseWebhook(rawBody, headers) {
      assertWebhookSignature(deps.webhookSecret, rawBody, headers[SANDBOX_SIGNATURE_HEADER], clock.now());
      return toPaymentEvent(webhookSchema.parse(JSON.parse(rawBody.toString('utf8'))));
    },
    handleOf: (paymentId, clientSecret) => ({ gateway: 'sandbox', paymentId, clientSecret }),
  };
}

const ACCOUNT = 'acct_sandbox_';

/** Accounts in the sandbox ask nothing of anybody: they are ready at once. */
const sandboxPayees: PayeeDesk = {
  areNeeded: false,
  open: async ({ merchantId }) => `${ACCOUNT}${merchantId}`,
  createLink: async (_payee, { returnUrl }) => returnUrl,
  async isReady(payee) {
    if (!payee.startsWith(ACCOUNT)) throw new AppError('NOT_FOUND', { detail: `sandbox account ${payee}` });
    return true;
  },
};

const TOO_FAST_PAUSE_MS = 500;

async function createSandboxPayment(
  { db, clock, faults }: SandboxGatewayDeps,
  { paymentId, amount, payee }: NewPayment,
): Promise<CreatedPayment> {
  assertFaultFree(faults, 'create');
  if (faults.has('too-fast'))
    throw new AppError('PAYMENT_UNAVAILABLE', {
      retryAfterMs: TOO_FAST_PAUSE_MS,
      detail: 'sandbox: too fast',
    });
  const row = {
    id: paymentId,
    clientSecret: `${paymentId}_secret_${randomBytes(16).toString('hex')}`,
    amountMinor: amount.amountMinor + (faults.has('wrong-amount') ? 1 : 0),
    currency: amount.currency,
    payee,
    status: 'requires_payment_method',
    createdAt: clock.now(),
  } as const;
  const [created] = await db.orm.insert(sandboxPayments).values(row).onConflictDoNothing().returning();
  const payment = created ?? (await getSandboxPayment(db.orm, paymentId));
  return { gatewayRef: payment.id, clientSecret: payment.clientSecret };
}

async function cancelSandboxPayment(
  { db, outbox, clock, faults }: SandboxGatewayDeps,
  gatewayRef: string,
): Promise<void> {
  assertFaultFree(faults, 'cancel');
  if (faults.has('late-charge')) return;
  await inTransaction(db, async (tx) => {
    const payment = await lockSandboxPayment(tx, gatewayRef);
    if (payment.status !== 'requires_payment_method' && payment.status !== 'processing') return;
    await tx.update(sandboxPayments).set({ status: 'canceled' }).where(eq(sandboxPayments.id, gatewayRef));
    await announceEvent({ tx, outbox, now: clock.now() }, gatewayRef, { type: 'payment.canceled' });
  });
}

async function refundPayment(
  { db, outbox, clock, faults }: SandboxGatewayDeps,
  { refundId, gatewayRef, amount }: NewRefund,
): Promise<'succeeded' | 'failed'> {
  assertFaultFree(faults, 'refund');
  if (faults.has('refund-lost')) return 'succeeded';
  const now = clock.now();
  return inTransaction(db, async (tx) => {
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
    // Of a repeated charge the house learns by its own look into the list.
    if (payment.copyOf === null)
      await announceEvent({ tx, outbox, now }, gatewayRef, { type: 'payment.refunded', refundId });
    return 'succeeded';
  });
}
