import { createId, type OrderId } from '@souk/protocol/ids';
import type { OrderStatus } from '@souk/protocol/states';
import type { Clock } from '@souk/runtime/clock';
import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import { variants } from '../db/schema/catalog.ts';
import { orders, shipments } from '../db/schema/orders.ts';
import { moveStock } from '../inventory/move-stock.ts';
import { goodsOf } from '../orders/order-goods.ts';
import { changeOrder, type LockedOrder, lockOrder } from '../orders/order-repository.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Carrier, Parcel } from './carrier.ts';

export interface DispatchDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly carrier: Carrier;
  readonly clock: Clock;
}

export type DispatchOrder = (orderId: OrderId) => Promise<void>;

/**
 * Takes the units of a paid order off the shelf and hands them to the carrier: paid, allocated, dispatched. Goes on
 * where an earlier try stopped, and calls the parcel off when the order was called off meanwhile; leaves other orders
 * alone. Throws AppError CARRIER_UNAVAILABLE, to be tried again.
 */
export function createDispatchOrder(deps: DispatchDeps): DispatchOrder {
  return async (orderId) => {
    const parcel = await inTransaction(deps.db, (tx) => allocate(deps, tx, orderId));
    if (parcel === undefined) return;
    const { trackingNumber } = await deps.carrier.createShipment(parcel);
    const isGone = await inTransaction(deps.db, (tx) => dispatch(deps, tx, orderId, trackingNumber));
    if (isGone) return;
    await deps.carrier.cancelShipment(trackingNumber);
    await deps.db.orm.delete(shipments).where(notHandedOver(orderId));
  };
}

/** The shipment of an order, as long as the carrier's word for it was not written down. */
const notHandedOver = (orderId: OrderId) =>
  and(eq(shipments.orderId, orderId), eq(shipments.status, 'label_created'));

/** The carrier may know of a parcel of such an order, and nobody has told it that the parcel is not to go. */
const canBeCalledOff: ReadonlySet<OrderStatus> = new Set(['cancelled', 'refunded']);

/** The parcel of an order that is to be dispatched or called off; undefined for an order in another state. */
async function allocate(
  { outbox, carrier, clock }: DispatchDeps,
  tx: Tx,
  orderId: OrderId,
): Promise<Parcel | undefined> {
  const locked = await lockOrder(tx, orderId);
  const { order, lines } = locked;
  const now = clock.now();
  if (order.status === 'paid') {
    await changeOrder({ outbox, now }, tx, order, 'allocated');
    const movements = goodsOf(lines).map((goods) => ({ ...goods, orderId }));
    await moveStock(tx, 'sell', movements, { now });
    const shipment = {
      id: createId('shipment'),
      orderId,
      status: 'label_created',
      carrier: carrier.name,
    } as const;
    await tx.insert(shipments).values({ ...shipment, createdAt: now });
  } else if (order.status !== 'allocated' && !canBeCalledOff.has(order.status)) {
    return undefined;
  }
  return readParcel(tx, locked);
}

async function readParcel(tx: Tx, { order, lines }: LockedOrder): Promise<Parcel | undefined> {
  const [shipment] = await tx.select().from(shipments).where(notHandedOver(order.id));
  if (shipment === undefined) return undefined;
  const ids = lines.map(({ variantId }) => variantId);
  const weights = await tx
    .select({ id: variants.id, grams: variants.weightGrams })
    .from(variants)
    .where(inArray(variants.id, ids));
  const gramsOf = new Map(weights.map(({ id, grams }) => [id, grams]));
  const weightGrams = lines.reduce(
    (sum, line) => sum + line.quantity * (gramsOf.get(line.variantId) ?? 0),
    0,
  );
  return { shipmentId: shipment.id, address: order.address, weightGrams };
}

/** Orders that were paid and have waited for their dispatch since before that instant. */
export async function listUndispatchedOrders({ orm }: Database, before: number): Promise<OrderId[]> {
  const rows = await orm
    .select({ id: orders.id })
    .from(orders)
    // As literals, so that the partial index is found.
    .where(and(sql`${orders.status} in ('paid', 'allocated')`, lt(orders.updatedAt, before)))
    // By chance, so that some that no carrier takes do not stand before all others.
    .orderBy(sql`random()`)
    .limit(20);
  return rows.map(({ id }) => id);
}

/** False when the order was called off while the carrier was asked. */
async function dispatch(
  { outbox, clock }: DispatchDeps,
  tx: Tx,
  orderId: OrderId,
  trackingNumber: string,
): Promise<boolean> {
  const { order } = await lockOrder(tx, orderId);
  if (order.status === 'dispatched') return true;
  if (order.status !== 'allocated') return false;
  const now = clock.now();
  await tx
    .update(shipments)
    .set({ status: 'dispatched', trackingNumber, dispatchedAt: now })
    .where(eq(shipments.orderId, orderId));
  await changeOrder({ outbox, now }, tx, order, 'dispatched');
  return true;
}
