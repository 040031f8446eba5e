import type { Order, PaymentHandle } from '@souk/protocol/http/buying';
import type { DeskOrder } from '@souk/protocol/http/desk';
import type { MerchantId, OrderId, UserId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { and, asc, desc, eq, inArray, type SQL } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { merchants } from '../db/schema/accounts.ts';
import { orderLines, orders, payments, shipments } from '../db/schema/orders.ts';
import type { PaymentGateway } from '../payments/payment-gateway.ts';
import type { OrderLineRow, OrderRow, PaymentRow } from './order-repository.ts';

export interface OrderViews {
  /** Throws AppError ORDER_NOT_FOUND, also for another buyer's order. */
  getOfBuyer(buyerId: UserId, orderId: OrderId): Promise<Order>;
  /** Newest first. */
  listOfBuyer(buyerId: UserId): Promise<Order[]>;
  /** Throws AppError ORDER_NOT_FOUND, also for another merchant's order. */
  getOfMerchant(merchantId: MerchantId, orderId: OrderId): Promise<DeskOrder>;
  /** Newest first. */
  listOfMerchant(merchantId: MerchantId): Promise<DeskOrder[]>;
}

interface OrderViewsDeps {
  readonly db: { readonly orm: Executor };
  readonly gateway: Pick<PaymentGateway, 'handleOf' | 'name'>;
}

const LIST_LIMIT = 200;

/** Orders as people see them. */
export function createOrderViews({ db: { orm }, gateway }: OrderViewsDeps): OrderViews {
  const read = async (where: SQL | undefined): Promise<OrderParts[]> => readOrders(orm, where);
  return {
    getOfBuyer: async (buyerId, orderId) =>
      toOrder(getOnly(await read(and(eq(orders.id, orderId), eq(orders.buyerId, buyerId)))), gateway),
    listOfBuyer: async (buyerId) =>
      (await read(eq(orders.buyerId, buyerId))).map((parts) => toOrder(parts, gateway)),
    getOfMerchant: async (merchantId, orderId) =>
      toDeskOrder(
        getOnly(await read(and(eq(orders.id, orderId), eq(orders.merchantId, merchantId)))),
        gateway,
      ),
    listOfMerchant: async (merchantId) =>
      (await read(eq(orders.merchantId, merchantId))).map((parts) => toDeskOrder(parts, gateway)),
  };
}

interface OrderParts {
  readonly order: OrderRow;
  readonly merchantName: string;
  readonly payment: PaymentRow;
  readonly shipment: typeof shipments.$inferSelect | null;
  readonly lines: readonly OrderLineRow[];
}

async function readOrders(orm: Executor, where: SQL | undefined): Promise<OrderParts[]> {
  const rows = await orm
    .select({ order: orders, merchantName: merchants.name, payment: payments, shipment: shipments })
    .from(orders)
    .innerJoin(merchants, eq(merchants.id, orders.merchantId))
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .leftJoin(shipments, eq(shipments.orderId, orders.id))
    .where(where)
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(LIST_LIMIT);
  if (rows.length === 0) return [];
  const ids = rows.map(({ order }) => order.id);
  const lines = await orm
    .select()
    .from(orderLines)
    .where(inArray(orderLines.orderId, ids))
    .orderBy(asc(orderLines.position));
  const linesOf = new Map<OrderId, OrderLineRow[]>(ids.map((id) => [id, []]));
  for (const line of lines) linesOf.get(line.orderId)?.push(line);
  return rows.map((row) => ({ ...row, lines: linesOf.get(row.order.id) ?? [] }));
}

function getOnly(found: readonly OrderParts[]): OrderParts {
  const [parts] = found;
  if (parts === undefined) throw new AppError('ORDER_NOT_FOUND');
  return parts;
}

type Handles = OrderViewsDeps['gateway'];

function toOrder({ order, merchantName, payment, shipment, lines }: OrderParts, gateway: Handles): Order {
  const {
    id,
    showId,
    status,
    createdAt,
    address,
    itemsMinor,
    shippingMinor,
    taxMinor,
    totalMinor,
    currency,
  } = order;
  return {
    id,
    showId,
    merchantName,
    status,
    createdAt,
    lines: lines.map(toLine),
    totals: { itemsMinor, shippingMinor, taxMinor, totalMinor, currency },
    address,
    payment: {
      status: payment.status,
      handle: findHandle(order, payment, gateway),
      refundedMinor: payment.refundedMinor,
    },
    payBefore: status === 'pending_payment' ? order.payBefore : null,
    shipment: toShipment(shipment),
  };
}

function toDeskOrder(parts: OrderParts, gateway: Handles): DeskOrder {
  const { buyerId, buyerName, email } = parts.order;
  const order = toOrder(parts, gateway);
  // Only the buyer pays.
  return { ...order, payment: { ...order.payment, handle: null }, buyerId, buyerName, email };
}

function toLine(line: OrderLineRow): Order['lines'][number] {
  const { productId, variantId, title, variantLabel, pictureUrl, quantity, unitPriceMinor } = line;
  return { productId, variantId, title, variantLabel, pictureUrl, quantity, unitPriceMinor };
}

function findHandle(order: OrderRow, payment: PaymentRow, gateway: Handles): PaymentHandle | null {
  const isPayable = order.status === 'pending_payment' && payment.status === 'requires_confirmation';
  if (!isPayable || payment.clientSecret === null || payment.gateway !== gateway.name) return null;
  return gateway.handleOf(payment.id, payment.clientSecret);
}

function toShipment(shipment: OrderParts['shipment']): Order['shipment'] {
  if (shipment === null || shipment.trackingNumber === null) return null;
  const { status, carrier, trackingNumber, dispatchedAt } = shipment;
  return { status, carrier, trackingNumber, dispatchedAt };
}
