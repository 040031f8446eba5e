import type { OrderId, UserId } from '@souk/protocol/ids';
import { canBecome, type OrderStatus, orderTransitions } from '@souk/protocol/states';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import { and, asc, eq } from 'drizzle-orm';
import type { Executor, Tx } from '../db/database.ts';
import { orderLines, orders, payments } from '../db/schema/orders.ts';
import type { Outbox } from '../outbox/outbox.ts';

export type OrderRow = typeof orders.$inferSelect;
export type OrderLineRow = typeof orderLines.$inferSelect;
export type PaymentRow = typeof payments.$inferSelect;

/** An order and its payment with both rows locked, always in this order, and the lines. */
export interface LockedOrder {
  readonly order: OrderRow;
  readonly payment: PaymentRow;
  readonly lines: readonly OrderLineRow[];
}

/** Throws AppError ORDER_NOT_FOUND. */
export async function lockOrder(tx: Tx, orderId: OrderId): Promise<LockedOrder> {
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update');
  const [payment] = await tx.select().from(payments).where(eq(payments.orderId, orderId)).for('update');
  if (order === undefined || payment === undefined) throw new AppError('ORDER_NOT_FOUND');
  const lines = await tx
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position));
  return { order, payment, lines };
}

/** The order that a buyer placed under this key, or undefined. */
export async function findOrderByKey(
  db: Executor,
  buyerId: UserId,
  key: string,
): Promise<OrderRow | undefined> {
  const [order] = await db
    .select()
    .from(orders)
    .where(and(eq(orders.buyerId, buyerId), eq(orders.idempotencyKey, key)));
  return order;
}

export interface ChangeDeps {
  readonly outbox: Outbox;
  readonly now: number;
}

/** Moves a locked order to another state and tells its buyer. Throws AppError INVALID_TRANSITION. */
export async function changeOrder(
  { outbox, now }: ChangeDeps,
  tx: Tx,
  order: OrderRow,
  status: OrderStatus,
): Promise<OrderRow> {
  if (!canBecome(orderTransitions, order.status, status))
    throw new AppError('INVALID_TRANSITION', { detail: `order: ${order.status} to ${status}` });
  await tx.update(orders).set({ status, updatedAt: now }).where(eq(orders.id, order.id));
  await tellBuyer({ outbox, now }, tx, order, status);
  return { ...order, status, updatedAt: now };
}

/** Writes `order:changed` for the buyer into the timeline of the order's show. */
export async function tellBuyer(
  { outbox, now }: ChangeDeps,
  tx: Tx,
  { id: orderId, showId, buyerId }: Pick<OrderRow, 'id' | 'showId' | 'buyerId'>,
  status: OrderStatus,
): Promise<void> {
  if (showId === null) return;
  const entry = createEntry('order:changed', now, { orderId, status }, buyerId);
  await outbox.publish(tx, { kind: 'timeline', showId, entry });
}
