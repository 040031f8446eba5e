import type { Order, PaymentHandle } from '@souk/protocol/http/buying';
import type { DeskOrder } from '@souk/protocol/http/desk-payments';
import { type MerchantId, type OrderId, orderIdSchema, type UserId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { orders } from '../db/schema/orders.ts';
import type { PaymentGateway } from '../payments/payment-gateway.ts';
import type { OrderRow, PaymentRow } from './order-repository.ts';
import { type OrderParts, readOrders } from './read-orders.ts';

export interface OrderViews {
  /** Throws AppError ORDER_NOT_FOUND, also for another buyer's order. */
  getOfBuyer(buyerId: UserId, orderId: OrderId): Promise<Order>;
  /** Newest first. */
  listOfBuyer(buyerId: UserId): Promise<Order[]>;
  /** Throws AppError ORDER_NOT_FOUND, also for another merchant's order. */
  getOfMerchant(merchantId: MerchantId, orderId: OrderId): Promise<DeskOrder>;
  /** Newest first, from the one after `cursor` on. Throws AppError INVALID_INPUT for a cursor that is none. */
  pageOfMerchant(merchantId: MerchantId, page: PageWish): Promise<OrderPage>;
}

export interface PageWish {
  /** The last order of the page before. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface OrderPage {
  readonly orders: DeskOrder[];
  readonly nextCursor: string | null;
}

interface OrderViewsDeps {
  readonly db: { readonly orm: Executor };
  readonly gateway: Pick<PaymentGateway, 'handleOf' | 'name'>;
}

const LIST_LIMIT = 200;

/** Orders as people see them. */
export function createOrderViews({ db: { orm }, gateway }: OrderViewsDeps): OrderViews {
  const getOnly = async (where: SQL | undefined): Promise<OrderParts> => {
    const [parts] = await readOrders(orm, where, 1);
    if (parts === undefined) throw new AppError('ORDER_NOT_FOUND');
    return parts;
  };
  return {
    getOfBuyer: async (buyerId, orderId) =>
      toOrder(await getOnly(and(eq(orders.id, orderId), eq(orders.buyerId, buyerId))), gateway),
    listOfBuyer: async (buyerId) =>
      (await readOrders(orm, eq(orders.buyerId, buyerId), LIST_LIMIT)).map((parts) =>
        toOrder(parts, gateway),
      ),
    getOfMerchant: async (merchantId, orderId) =>
      toDeskOrder(await getOnly(and(eq(orders.id, orderId), eq(orders.merchantId, merchantId))), gateway),
    async pageOfMerchant(merchantId, { cursor, limit }) {
      const where = and(eq(orders.merchantId, merchantId), cursor === undefined ? undefined : after(cursor));
      const found = await readOrders(orm, where, limit + 1);
      const page = found.slice(0, limit);
      return {
        orders: page.map((parts) => toDeskOrder(parts, gateway)),
        nextCursor: found.length > limit ? (page.at(-1)?.order.id ?? null) : null,
      };
    },
  };
}

function after(cursor: string): SQL {
  const last = orderIdSchema.safeParse(cursor);
  if (!last.success) throw new AppError('INVALID_INPUT', { detail: 'cursor' });
  return sql`(${orders.createdAt}, ${orders.id}) < (select o.created_at, o.id from orders o where o.id = ${last.data})`;
}

type Handles = OrderViewsDeps['gateway'];

function toOrder(parts: OrderParts, gateway: Handles): Order {
  const { order, merchantName, payment, shipment, lines } = parts;
  const { id, showId, status, createdAt, address, couponCode } = order;
  return {
    id,
    showId,
    merchantName,
    status,
    createdAt,
    lines,
    totals: toTotals(order),
    couponCode,
    address,
    payment: {
      status: payment.status,
      handle: findHandle(order, payment, gateway),
      queue: findQueue(parts),
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
  const payment = { ...order.payment, handle: null };
  return { ...order, payment, buyerId, buyerName, email, dispute: toDispute(parts.dispute) };
}

function toTotals(order: OrderRow): Order['totals'] {
  const { itemsMinor, discountMinor, shippingMinor, dutiesMinor, taxMinor, totalMinor, currency } = order;
  return { itemsMinor, discountMinor, shippingMinor, dutiesMinor, taxMinor, totalMinor, currency };
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

function toDispute(dispute: OrderParts['dispute']): DeskOrder['dispute'] {
  if (dispute === null) return null;
  const { status, reason, amountMinor, respondBefore } = dispute;
  return { status, reason, amountMinor, respondBefore };
}

function findQueue({ order, payment, queuePlace }: OrderParts): Order['payment']['queue'] {
  if (order.status !== 'pending_payment' || queuePlace === null || payment.askAt === null) return null;
  return { place: queuePlace, readyAt: payment.askAt };
}
