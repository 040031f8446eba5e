import type { OrderId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import { and, eq, isNull } from 'drizzle-orm';
import { type Database, inTransaction } from '../db/database.ts';
import { orders, payments } from '../db/schema/orders.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { SCHEDULE_AHEAD_MS } from './payment-pacer.ts';

export interface QueueDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly payWindowMs: number;
  readonly clock: Clock;
}

/**
 * Puts the payment of an unpaid order into the queue, or further back in it; an order that is over is left alone.
 * `readyAt`: when the gateway is asked, Unix milliseconds; the time to pay counts from then on.
 */
export async function queuePayment(
  { db, outbox, payWindowMs, clock }: QueueDeps,
  { id: orderId, createdAt }: { readonly id: OrderId; readonly createdAt: number },
  readyAt: number,
): Promise<void> {
  const now = clock.now();
  const askAt = Math.ceil(readyAt);
  // However long the gateway is away: stock is not kept for ever.
  const latest = createdAt + SCHEDULE_AHEAD_MS + payWindowMs;
  const payBefore = Math.min(latest, askAt + payWindowMs);
  await inTransaction(db, async (tx) => {
    const changed = await tx
      .update(orders)
      .set({ payBefore, updatedAt: now })
      .where(and(eq(orders.id, orderId), eq(orders.status, 'pending_payment')))
      .returning({ id: orders.id });
    if (changed.length === 0) return;
    await tx
      .update(payments)
      .set({ askAt, updatedAt: now })
      .where(and(eq(payments.orderId, orderId), isNull(payments.gatewayRef)));
    await outbox.publish(
      tx,
      {
        ...{ kind: 'job', name: 'payment-prepare', payload: { orderId } },
        ...{ jobId: `${orderId}:${askAt}`, delayMs: askAt - now },
      },
      {
        ...{ kind: 'job', name: 'order-expire', payload: { orderId } },
        ...{ jobId: `${orderId}:${payBefore}`, delayMs: payBefore - now },
      },
    );
  });
}
