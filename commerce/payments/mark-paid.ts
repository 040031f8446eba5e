import type { OrderId, PaymentId, ShowId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { orders, payments } from '../db/schema/orders.ts';
import { type OutboxItem, toOutboxRows } from '../outbox/outbox.ts';

export interface PaidOrder {
  readonly id: OrderId;
  readonly showId: ShowId | null;
  readonly buyerId: UserId;
}

/** The order of a payment of this gateway, or undefined. */
export async function findOrderOfPayment(
  { orm }: Database,
  paymentId: PaymentId,
  gateway: string,
): Promise<PaidOrder | undefined> {
  const [row] = await orm
    .select({ id: orders.id, showId: orders.showId, buyerId: orders.buyerId, gateway: payments.gateway })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(eq(payments.id, paymentId));
  return row?.gateway === gateway ? row : undefined;
}

/** What a paid order sets going. */
export function itemsOfPaid(
  { id: orderId, showId, buyerId }: PaidOrder,
  { now, dispatchDelayMs }: { readonly now: number; readonly dispatchDelayMs: number },
): OutboxItem[] {
  const job = { kind: 'job', name: 'order-dispatch', payload: { orderId }, jobId: orderId } as const;
  const dispatch: OutboxItem = { ...job, delayMs: dispatchDelayMs };
  if (showId === null) return [dispatch];
  const entry = createEntry('order:changed', now, { orderId, status: 'paid' }, buyerId);
  return [{ kind: 'timeline', showId, entry }, dispatch];
}

export interface PaidEvent {
  /** Key of the event in `payment_events`. */
  readonly key: string;
  readonly gateway: string;
  readonly gatewayRef: string;
  readonly paymentId: PaymentId;
}

/**
 * The usual course in one statement, which is a transaction of its own: the event is noted, an unpaid order is marked
 * as paid, gets its receipt and is told of. False when nothing was written, because it is not the usual course: the
 * event came before, or the order is not waiting for it.
 */
export async function markPaidAtOnce(
  db: Database,
  { key, gateway, gatewayRef, paymentId }: PaidEvent,
  order: PaidOrder,
  timing: { readonly now: number; readonly dispatchDelayMs: number },
): Promise<boolean> {
  const at = sql`${new Date(timing.now).toISOString()}::timestamptz`;
  const rows = toOutboxRows(itemsOfPaid(order, timing), timing.now);
  const told = rows.map(({ id, lane, payload }) => ({ id, lane, payload }));
  const { rows: marked } = await db.orm.execute(sql`
    with fit as materialized (
      select o.id order_id, p.id payment_id
      from orders o join payments p on p.order_id = o.id
      where o.id = ${order.id} and p.id = ${paymentId} and o.status = 'pending_payment'
        and p.status in ('requires_confirmation', 'processing')
        and (p.gateway_ref is null or p.gateway_ref = ${gatewayRef})
      for update of o, p
    ), seen as (
      insert into payment_events (id, gateway, kind, gateway_ref, received_at)
      select ${key}, ${gateway}, 'succeeded', ${gatewayRef}, ${at} from fit
      on conflict do nothing returning id
    ), fresh as (
      select order_id, payment_id from fit, seen
    ), paid as (
      update payments p set status = 'succeeded', gateway_ref = ${gatewayRef}, updated_at = ${at}
      from fresh where p.id = fresh.payment_id
    ), marked as (
      update orders o set status = 'paid', updated_at = ${at} from fresh where o.id = fresh.order_id
    ), receipt as (
      insert into receipts (order_id, issued_at) select order_id, ${at} from fresh on conflict do nothing
    ), told as (
      insert into outbox (id, lane, payload, created_at)
      select t.id, t.lane, t.payload, ${at}
      from fresh, rows from (jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as (id text, lane text, payload jsonb))
        with ordinality as t(id, lane, payload, place)
      order by t.place
    )
    select order_id from fresh`);
  if (marked.length === 0) return false;
  db.committed();
  return true;
}
