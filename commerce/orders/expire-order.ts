import type { OrderId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import { and, lt, sql } from 'drizzle-orm';
import { type Database, inTransaction } from '../db/database.ts';
import { orders } from '../db/schema/orders.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Consequence, FollowUp } from './aftermath.ts';
import { giveUnitsBack } from './give-units-back.ts';
import { changeOrder, lockOrder } from './order-repository.ts';

export interface ExpireDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly followUp: FollowUp;
  readonly clock: Clock;
}

export type ExpireOrder = (orderId: OrderId) => Promise<void>;

/** Ends an order whose time to pay is over; its units go back. A paid one, or one with time left, is left alone. Idempotent. */
export function createExpireOrder({ db, outbox, followUp, clock }: ExpireDeps): ExpireOrder {
  return async (orderId) => {
    const consequences = await inTransaction(db, async (tx): Promise<Consequence[]> => {
      const locked = await lockOrder(tx, orderId);
      const now = clock.now();
      const { status, payBefore } = locked.order;
      if (status !== 'pending_payment' || payBefore > now) return [];
      await changeOrder({ outbox, now }, tx, locked.order, 'expired');
      await giveUnitsBack(tx, locked, { from: status, now, reason: 'not paid in time' });
      return [
        { kind: 'units-moved', order: locked },
        { kind: 'payment-void', order: locked },
      ];
    });
    await followUp(consequences);
  };
}

/** Unpaid orders whose time was over before that instant. */
export async function listOverdueOrders({ orm }: Database, before: number): Promise<OrderId[]> {
  const rows = await orm
    .select({ id: orders.id })
    .from(orders)
    // As a literal, so that the partial index is found.
    .where(and(sql`${orders.status} = 'pending_payment'`, lt(orders.payBefore, before)))
    // By chance, so that some that cannot be ended do not stand before all others.
    .orderBy(sql`random()`)
    .limit(100);
  return rows.map(({ id }) => id);
}
