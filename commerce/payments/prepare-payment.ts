import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { type Database, inTransaction } from '../db/database.ts';
import { merchants } from '../db/schema/accounts.ts';
import { orders, payments } from '../db/schema/orders.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Payees } from './payees/payees.ts';
import type { PaymentGateway } from './payment-gateway.ts';
import type { PaymentPacer } from './payment-pacer.ts';
import { queuePayment } from './queue-payment.ts';

export interface PreparePaymentDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly gateway: PaymentGateway;
  readonly pacer: PaymentPacer;
  readonly payees: Payees;
  readonly payWindowMs: number;
  readonly clock: Clock;
}

/**
 * Makes sure that the order's payment exists at the gateway, or waits in the queue for it. Idempotent.
 * Throws AppError ORDER_NOT_FOUND, PAYOUTS_NOT_READY, PAYMENT_UNAVAILABLE.
 */
export type PreparePayment = (orderId: OrderId) => Promise<void>;

/** A buyer who presses the button waits this long for the slot; a longer queue is shown. */
const INLINE_WAIT_MS = 500;
/** Between two tries when the gateway does not say when to come again. */
const PAUSE_MS = 3_000;
/** A job that comes this much too early has been overtaken by a later slot. */
const TOO_EARLY_MS = 1_000;

/** For `order:place`: at once, after a short wait, or through the queue. */
export function createPreparePayment(deps: PreparePaymentDeps): PreparePayment {
  return async (orderId) => {
    const found = await getOrder(deps.db, orderId);
    // In the queue already: its job makes it. And nobody pays an order that is over.
    if (!isOpen(found) || found.payment.askAt !== null || found.order.status !== 'pending_payment') return;
    const readyAt = await deps.pacer.reserve();
    const waitMs = readyAt - deps.clock.now();
    if (waitMs > INLINE_WAIT_MS) return enqueue(deps, found, readyAt);
    if (waitMs > 0) await sleep(waitMs);
    try {
      await create(deps, found);
    } catch (error) {
      const pauseMs = findPause(error);
      if (pauseMs === undefined) throw error;
      await enqueue(deps, found, await deps.pacer.reserve({ notBeforeMs: pauseMs }));
    }
  };
}

/** For the job at the payment's slot. A gateway that does not answer sends it back into the queue: nobody fails. */
export function createPrepareQueuedPayment(deps: PreparePaymentDeps): PreparePayment {
  return async (orderId) => {
    const found = await getOrder(deps.db, orderId);
    const { payment, order } = found;
    if (!isOpen(found) || payment.askAt === null) return;
    if (order.status !== 'pending_payment') return forget(deps, found);
    if (payment.askAt > deps.clock.now() + TOO_EARLY_MS) return;
    try {
      await create(deps, found, { isAwaited: true });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'PAYMENT_UNAVAILABLE') throw error;
      await enqueue(deps, found, await deps.pacer.reserve({ notBeforeMs: findPause(error) ?? PAUSE_MS }));
    }
  };
}

/** Queued payments whose slot was before that instant: their job got lost. */
export async function listOverduePayments({ orm }: Database, before: number): Promise<OrderId[]> {
  const rows = await orm
    .select({ id: payments.orderId })
    .from(payments)
    .where(
      and(
        lt(payments.askAt, before),
        isNull(payments.gatewayRef),
        eq(payments.status, 'requires_confirmation'),
      ),
    )
    .orderBy(payments.askAt)
    .limit(50);
  return rows.map(({ id }) => id);
}

type Found = Awaited<ReturnType<typeof getOrder>>;

async function getOrder({ orm }: Database, orderId: OrderId) {
  const [found] = await orm
    .select({
      payment: payments,
      order: {
        ...{ id: orders.id, status: orders.status, showId: orders.showId, buyerId: orders.buyerId },
        createdAt: orders.createdAt,
      },
      merchant: {
        ...{ id: merchants.id, payeeAccount: merchants.payeeAccount, payeeReady: merchants.payeeReady },
      },
    })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .innerJoin(merchants, eq(merchants.id, orders.merchantId))
    .where(eq(payments.orderId, orderId));
  if (found === undefined) throw new AppError('ORDER_NOT_FOUND');
  return found;
}

function isOpen({ payment }: Found): boolean {
  return payment.gatewayRef === null && payment.status === 'requires_confirmation';
}

async function create(
  { db, outbox, gateway, payees, clock }: PreparePaymentDeps,
  { payment, order, merchant }: Found,
  { isAwaited = false }: { isAwaited?: boolean } = {},
): Promise<void> {
  const { id: paymentId, orderId, amountMinor, currency } = payment;
  const payee = await payees.choose(merchant);
  const amount = { amountMinor, currency };
  const { gatewayRef, clientSecret } = await gateway.createPayment({ paymentId, orderId, amount, payee });
  const now = clock.now();
  const change = { gatewayRef, clientSecret, payee, updatedAt: now };
  const { showId, buyerId } = order;
  if (!isAwaited || showId === null) {
    await db.orm.update(payments).set(change).where(eq(payments.id, paymentId));
    return;
  }
  await inTransaction(db, async (tx) => {
    await tx.update(payments).set(change).where(eq(payments.id, paymentId));
    const entry = createEntry('payment:ready', now, { orderId }, buyerId);
    await outbox.publish(tx, { kind: 'timeline', showId, entry });
  });
}

const enqueue = (deps: PreparePaymentDeps, { order }: Found, readyAt: number): Promise<void> =>
  queuePayment(deps, order, readyAt);

/** The order is over: the gateway is not asked any more. */
async function forget({ db, clock }: PreparePaymentDeps, { payment }: Found): Promise<void> {
  await db.orm
    .update(payments)
    .set({ status: 'cancelled', updatedAt: clock.now() })
    .where(
      and(
        eq(payments.id, payment.id),
        isNull(payments.gatewayRef),
        sql`${payments.status} = 'requires_confirmation'`,
      ),
    );
}

/** How long the gateway wants to be left alone, when it was asked too fast. */
function findPause(error: unknown): number | undefined {
  if (!(error instanceof AppError) || error.code !== 'PAYMENT_UNAVAILABLE') return undefined;
  return error.retryAfterMs;
}
