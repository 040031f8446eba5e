import { paymentIdSchema } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { and, asc, eq, lt } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { sandboxEvents } from '../../db/schema/sandbox.ts';
import { sweepItems } from '../../sweep-items.ts';
import type { DeliverWebhook } from './deliver-webhook.ts';

export interface RedeliverDeps {
  readonly db: Database;
  readonly deliverWebhook: DeliverWebhook;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Longer than the slowest test card takes. */
const OVERDUE_MS = 10_000;
const AT_A_TIME = 16;

/**
 * Delivers what no job has delivered in time, as a real service sends its webhooks again: jobs are lost with Redis, the
 * sandbox's books are not.
 */
export function createRedeliverWebhooks(deps: RedeliverDeps): () => Promise<void> {
  const { db, deliverWebhook, clock, logger } = deps;
  return async () => {
    const overdue = await db.orm
      .select({ id: sandboxEvents.id, paymentId: sandboxEvents.paymentId })
      .from(sandboxEvents)
      .where(and(eq(sandboxEvents.delivered, false), lt(sandboxEvents.createdAt, clock.now() - OVERDUE_MS)))
      .orderBy(asc(sandboxEvents.createdAt))
      .limit(AT_A_TIME);
    // At once: while commerce hangs, each takes as long as the door's patience, and the sweep has more to do.
    await Promise.all(
      overdue.map((event) =>
        sweepItems(logger, [event], ({ id: eventId, paymentId }) =>
          deliverWebhook({ eventId, paymentId: paymentIdSchema.parse(paymentId) }),
        ),
      ),
    );
  };
}
