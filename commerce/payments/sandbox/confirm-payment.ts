import { timingSafeEqual } from 'node:crypto';
import type { PaymentId } from '@souk/protocol/ids';
import type { PaymentStatus } from '@souk/protocol/states';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { eq } from 'drizzle-orm';
import { type Database, inTransaction, type Tx } from '../../db/database.ts';
import { type SandboxStatus, sandboxPayments } from '../../db/schema/sandbox.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { announceEvent, lockSandboxPayment } from './sandbox-books.ts';
import { outcomeOfCard } from './test-cards.ts';

export interface Confirmation {
  readonly paymentId: PaymentId;
  readonly clientSecret: string;
  /** Digits only. */
  readonly cardNumber: string;
}

export interface ConfirmDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

export type ConfirmPayment = (
  confirmation: Confirmation,
) => Promise<{ status: PaymentStatus; declineCode: string | null }>;

/** A decline is known at once; its webhook follows. */
const DECLINE_DELAY_MS = 50;
/** A charge that takes longer than this is announced as being under way. */
const SLOW_MS = 1_000;

/**
 * The buyer's page hands in a card, as with a real service's own fields. The charge itself happens later and is
 * reported by webhook. Throws AppError NOT_FOUND (also for a wrong secret), ORDER_ALREADY_PAID, PAYMENT_IN_PROGRESS,
 * INVALID_TRANSITION after a decline or a cancellation.
 */
export function createConfirmPayment({ db, outbox, clock }: ConfirmDeps): ConfirmPayment {
  return ({ paymentId, clientSecret, cardNumber }) =>
    inTransaction(db, async (tx) => {
      const payment = await lockSandboxPayment(tx, paymentId);
      if (!isSame(payment.clientSecret, clientSecret)) throw new AppError('NOT_FOUND');
      assertConfirmable(payment.status);
      const announcing = { tx, outbox, now: clock.now() };
      const outcome = outcomeOfCard(cardNumber);
      if (outcome.kind === 'declined') {
        await setStatus(tx, paymentId, 'failed', outcome.declineCode);
        await announceEvent(announcing, paymentId, 'payment.failed', { delayMs: DECLINE_DELAY_MS });
        return { status: 'failed', declineCode: outcome.declineCode };
      }
      await setStatus(tx, paymentId, 'processing', null);
      if (outcome.afterMs > SLOW_MS) await announceEvent(announcing, paymentId, 'payment.processing');
      await announceEvent(announcing, paymentId, 'payment.succeeded', { delayMs: outcome.afterMs });
      return { status: 'processing', declineCode: null };
    });
}

function isSame(secret: string, given: string): boolean {
  const [a, b] = [Buffer.from(secret), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function assertConfirmable(status: SandboxStatus): void {
  switch (status) {
    case 'requires_payment_method':
      return;
    case 'processing':
      throw new AppError('PAYMENT_IN_PROGRESS');
    case 'succeeded':
      throw new AppError('ORDER_ALREADY_PAID');
    case 'failed':
    case 'canceled':
      throw new AppError('INVALID_TRANSITION');
  }
}

async function setStatus(
  tx: Tx,
  id: PaymentId,
  status: SandboxStatus,
  declineCode: string | null,
): Promise<void> {
  await tx.update(sandboxPayments).set({ status, declineCode }).where(eq(sandboxPayments.id, id));
}
