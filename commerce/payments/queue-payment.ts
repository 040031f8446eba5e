import type { OrderId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import { and, eq, isNull } from 'drizzle-orm';
import { type Database, inTransaction } from '../db/database.ts';
import { orders, payments } from '../db/schema/orders.ts';
import type { Outbox } from '../outbox/outbox.ts';

export interface QueuedOrder {
  readonly orderId: OrderId;
  /** When the gateway is asked. */
  readonly askAt: number;
  /** Counts from then on. */
  readonly payBefore: number;
}

/** Puts the payment of an unpaid order into the queue, or further back in it; an order that is over is left alone. */
export async function queuePayment(
  { db, outbox, clock }: { readonly db: Database; readonly outbox: Outbox; readonly clock: Clock },
  { orderId, askAt, payBefore }: QueuedOrder,
): Promise<void> {
  const now = clock.now();
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
