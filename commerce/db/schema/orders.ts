import type { BundlePart } from '@souk/protocol/catalog';
import type { Address } from '@souk/protocol/http/buying';
import type {
  HoldId,
  MerchantId,
  OrderId,
  PaymentId,
  ProductId,
  QuoteId,
  RefundId,
  SaleId,
  ShipmentId,
  ShowId,
  UserId,
  VariantId,
} from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import { orderStatuses, type PaymentStatus, type ShipmentStatus } from '@souk/protocol/states';
import { sql } from 'drizzle-orm';
import { boolean, char, check, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { merchants } from './accounts.ts';
import { variants } from './catalog.ts';
import { amountMinor, instant } from './columns.ts';

export const orders = pgTable(
  'orders',
  {
    id: text().$type<OrderId>().primaryKey(),
    /** A user or a guest. */
    buyerId: text().$type<UserId>().notNull(),
    buyerName: text().notNull(),
    email: text(),
    merchantId: text()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    /** No foreign key: its check would wait for whoever holds the show's row while stock is locked. */
    showId: text().$type<ShowId>(),
    status: text({ enum: orderStatuses }).notNull(),
    currency: char({ length: 3 }).$type<Currency>().notNull(),
    itemsMinor: amountMinor().notNull(),
    /** What a coupon took off. */
    discountMinor: amountMinor().notNull().default(0),
    shippingMinor: amountMinor().notNull(),
    dutiesMinor: amountMinor().notNull().default(0),
    taxMinor: amountMinor().notNull(),
    totalMinor: amountMinor().notNull(),
    couponCode: text(),
    quoteId: text().$type<QuoteId>(),
    address: jsonb().$type<Address>().notNull(),
    idempotencyKey: text().notNull(),
    /** SHA-256 of the request, to tell a repeat from another order under the same key. */
    requestHash: text().notNull(),
    /** True once the units are back on the shelf or free again, so that it happens once. */
    unitsReturned: boolean().notNull().default(false),
    payBefore: instant().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    unique('orders_idempotency_key').on(table.buyerId, table.idempotencyKey),
    index('orders_buyer').on(table.buyerId, table.createdAt),
    index('orders_merchant').on(table.merchantId, table.createdAt),
    index('orders_show').on(table.showId),
    index('orders_unpaid').on(table.payBefore).where(sql`${table.status} = 'pending_payment'`),
    index('orders_undispatched').on(table.updatedAt).where(sql`${table.status} in ('paid', 'allocated')`),
  ],
);

export const orderLines = pgTable(
  'order_lines',
  {
    id: text().primaryKey(),
    orderId: text()
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    position: integer().notNull(),
    variantId: text()
      .$type<VariantId>()
      .notNull()
      .references(() => variants.id),
    productId: text().$type<ProductId>().notNull(),
    saleId: text().$type<SaleId>(),
    /** As the buyer saw them. */
    title: text().notNull(),
    variantLabel: text().notNull(),
    pictureUrl: text().notNull(),
    quantity: integer().notNull(),
    unitPriceMinor: amountMinor().notNull(),
    /** Of a bundle: what one of it was made of; the stock of these was claimed. */
    parts: jsonb().$type<readonly BundlePart[]>(),
  },
  (table) => [
    index('order_lines_order').on(table.orderId),
    check('order_lines_quantity_positive', sql`${table.quantity} > 0`),
  ],
);

/** Which hold went into which order: a hold can be claimed once only. */
export const orderHolds = pgTable('order_holds', {
  holdId: text().$type<HoldId>().primaryKey(),
  orderId: text()
    .$type<OrderId>()
    .notNull()
    .references(() => orders.id),
});

/** One payment per order. */
export const payments = pgTable(
  'payments',
  {
    id: text().$type<PaymentId>().primaryKey(),
    orderId: text()
      .$type<OrderId>()
      .notNull()
      .unique()
      .references(() => orders.id),
    gateway: text().notNull(),
    /** The gateway's own id; null until it has answered. */
    gatewayRef: text(),
    clientSecret: text(),
    /** The connected account that the money is for; null: the house's own. */
    payee: text(),
    /** When the gateway is asked for it, while the house keeps to the gateway's pace; null: at once. */
    askAt: instant(),
    status: text().$type<PaymentStatus>().notNull(),
    amountMinor: amountMinor().notNull(),
    currency: char({ length: 3 }).$type<Currency>().notNull(),
    /** Sum of all refunds that were decided, sent or not. */
    refundedMinor: amountMinor().notNull().default(0),
    /** When the gateway's books were last seen to agree; null: not since it was paid. */
    reconciledAt: instant(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    unique('payments_gateway_ref').on(table.gateway, table.gatewayRef),
    index('payments_waiting')
      .on(table.askAt)
      .where(sql`${table.askAt} is not null and ${table.gatewayRef} is null`),
    index('payments_unreconciled')
      .on(table.updatedAt)
      .where(sql`${table.status} in ('succeeded', 'refunded') and ${table.reconciledAt} is null`),
    index('payments_open')
      .on(table.updatedAt)
      .where(
        sql`${table.status} in ('requires_confirmation', 'processing') and ${table.gatewayRef} is not null`,
      ),
    check(
      'payments_not_over_refunded',
      sql`${table.refundedMinor} >= 0 and ${table.refundedMinor} <= ${table.amountMinor}`,
    ),
  ],
);

/** Webhooks that were taken in; the gateway's event id makes a repeat harmless. */
export const paymentEvents = pgTable('payment_events', {
  /** `<gateway>:<event id>`. */
  id: text().primaryKey(),
  gateway: text().notNull(),
  kind: text().notNull(),
  gatewayRef: text().notNull(),
  receivedAt: instant().notNull(),
});

export const refundStatuses = ['pending', 'succeeded', 'failed'] as const;

export const refunds = pgTable(
  'refunds',
  {
    id: text().$type<RefundId>().primaryKey(),
    paymentId: text()
      .$type<PaymentId>()
      .notNull()
      .references(() => payments.id),
    orderId: text()
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    status: text({ enum: refundStatuses }).notNull(),
    amountMinor: amountMinor().notNull(),
    reason: text().notNull(),
    restock: boolean().notNull(),
    /** Who asked for it; null when the house did, for example for a payment that came too late. */
    actorId: text(),
    idempotencyKey: text().notNull(),
    requestHash: text().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    unique('refunds_idempotency_key').on(table.orderId, table.idempotencyKey),
    index('refunds_pending').on(table.createdAt).where(sql`${table.status} = 'pending'`),
    check('refunds_amount_positive', sql`${table.amountMinor} > 0`),
  ],
);

export const shipments = pgTable('shipments', {
  id: text().$type<ShipmentId>().primaryKey(),
  orderId: text()
    .$type<OrderId>()
    .notNull()
    .unique()
    .references(() => orders.id),
  status: text().$type<ShipmentStatus>().notNull(),
  carrier: text().notNull(),
  /** Null until the carrier has answered. */
  trackingNumber: text().unique(),
  createdAt: instant().notNull(),
  dispatchedAt: instant(),
});
