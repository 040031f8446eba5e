import type { PaymentId } from '@souk/protocol/ids';
import { systemClock } from '@souk/runtime/clock';
import { createLogger } from '@souk/runtime/logger';
import { createTestDatabase } from '@souk/supervisor/test-database';
import { eq } from 'drizzle-orm';
import { describe, expect, inject, it } from 'vitest';
import { createDatabase } from '../../db/database.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { type SandboxEventType, sandboxPayments } from '../../db/schema/sandbox.ts';
import { createOutbox } from '../../outbox/outbox.ts';
import { describePaymentGateway, type GatewaySubject } from '../payment-gateway.contract.ts';
import { createConfirmPayment } from './confirm-payment.ts';
import type { SandboxFault, SandboxFaults } from './sandbox-faults.ts';
import { createSandboxGateway, type SandboxGatewayDeps } from './sandbox-gateway.ts';
import { SANDBOX_SIGNATURE_HEADER, signWebhook } from './signature.ts';

const operations: readonly SandboxFault[] = ['create', 'cancel', 'refund', 'retrieve', 'list', 'webhook'];
const webhookSecret = 'secret-of-the-contract-tests';
const typeOf = {
  processing: 'payment.processing',
  succeeded: 'payment.succeeded',
  failed: 'payment.failed',
  cancelled: 'payment.canceled',
  disputed: 'payment.disputed',
  'dispute-won': 'payment.dispute-won',
  'dispute-lost': 'payment.dispute-lost',
} as const satisfies Record<string, SandboxEventType>;

async function createSubject(): Promise<GatewaySubject> {
  const database = await createTestDatabase(inject('databaseUrl'));
  await migrateDatabase(database.url);
  const db = createDatabase({
    url: database.url,
    logger: createLogger({ name: 'sandbox-test', level: 'silent' }),
  });
  const faults: SandboxFaults = new Set();
  const clock = systemClock;
  const deps: SandboxGatewayDeps = {
    db,
    outbox: createOutbox({ clock }),
    clock,
    webhookSecret,
    faults,
    nodeEnv: 'test',
  };
  const confirmPayment = createConfirmPayment(deps);
  return {
    gateway: createSandboxGateway(deps),
    async settle({ gatewayRef }) {
      await db.orm
        .update(sandboxPayments)
        .set({ status: 'succeeded' })
        .where(eq(sandboxPayments.id, gatewayRef));
    },
    async decline({ paymentId, clientSecret }) {
      const answer = await confirmPayment({ paymentId, clientSecret, cardNumber: '4000000000000002' });
      expect(answer.declineCode).toBe('card_declined');
    },
    webhook: (kind, paymentId) => sign(typeOf[kind], paymentId),
    completePayee: () => undefined,
    setDown(isDown) {
      for (const operation of operations) {
        if (isDown) faults.add(operation);
        else faults.delete(operation);
      }
    },
    async stop() {
      await db.close();
      await database.drop();
    },
  };
}

function sign(type: SandboxEventType, paymentId: PaymentId, nowMs = Date.now()) {
  const data = { paymentId, declineCode: null, refundId: null, disputedMinor: 2_390 };
  const rawBody = Buffer.from(JSON.stringify({ id: 'evt_1', type, createdAt: nowMs, data }));
  return { rawBody, headers: { [SANDBOX_SIGNATURE_HEADER]: signWebhook(webhookSecret, rawBody, nowMs) } };
}

describePaymentGateway('sandbox', createSubject);

describe('the sandbox', () => {
  it('is refused in production', () => {
    const deps = { nodeEnv: 'production' } as SandboxGatewayDeps;
    expect(() => createSandboxGateway(deps)).toThrow(/refused in production/);
  });
});
