import { and, eq, gt, lt, sql } from 'drizzle-orm';
import { orders, payments } from '../db/schema/orders.ts';
import type { PaymentPacer } from './payment-pacer.ts';
import { type QueueDeps, queuePayment } from './queue-payment.ts';

/** Longer than a gateway takes to answer, or not to. */
const UNASKED_MS = 15_000;
/** Orders are over long before. */
const LOOK_BACK_MS = 86_400_000;
const AT_A_TIME = 50;

/**
 * Queues the payments of orders whose placing ended before the gateway had made them: its process died, or the gateway
 * did not answer. The buyer may never press the button again.
 */
export function createQueueUnasked(
  deps: QueueDeps & { readonly pacer: Pick<PaymentPacer, 'reserve'> },
): () => Promise<void> {
  const { db, pacer, clock } = deps;
  return async () => {
    const now = clock.now();
    const unasked = await db.orm
      .select({ id: orders.id, createdAt: orders.createdAt })
      .from(payments)
      .innerJoin(orders, eq(orders.id, payments.orderId))
      .where(
        and(
          // As literals, so that the partial indexes are found.
          sql`${orders.status} = 'pending_payment'`,
          sql`${payments.gatewayRef} is null and ${payments.status} = 'requires_confirmation'`,
          sql`${payments.askAt} is null`,
          lt(payments.createdAt, now - UNASKED_MS),
          gt(payments.createdAt, now - LOOK_BACK_MS),
        ),
      )
      .limit(AT_A_TIME);
    for (const order of unasked) {
      const readyAt = await pacer.reserve();
      await queuePayment(deps, order, Math.max(readyAt, now));
    }
  };
}
