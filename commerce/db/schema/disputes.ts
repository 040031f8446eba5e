import type { FindingKind } from '@souk/protocol/http/desk-payments';
import type { FindingId, MerchantId, OrderId, PaymentId } from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import { disputeStatuses } from '@souk/protocol/states';
import { char, index, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { amountMinor, instant } from './columns.ts';
import { orders, payments } from './orders.ts';

/** Payments that a buyer's bank has taken back until it is decided. */
export const disputes = pgTable(
  'disputes',
  {
    /** `<gateway>:<its id>`. */
    id: text().primaryKey(),
    paymentId: text()
      .$type<PaymentId>()
      .notNull()
      .references(() => payments.id),
    orderId: text()
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    status: text({ enum: disputeStatuses }).notNull(),
    reason: text().notNull(),
    amountMinor: amountMinor().notNull(),
    respondBefore: instant(),
    /** When the gateway made the event that was taken in last: an older one changes nothing. */
    toldAt: instant().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [index('disputes_order').on(table.orderId)],
);

/** Disagreements between orders and payments that the reconciliation has found. */
export const paymentFindings = pgTable(
  'payment_findings',
  {
    id: text().$type<FindingId>().primaryKey(),
    kind: text().$type<FindingKind>().notNull(),
    merchantId: text().$type<MerchantId>(),
    orderId: text().$type<OrderId>(),
    paymentId: text().$type<PaymentId>(),
    gatewayRef: text().notNull(),
    amountMinor: amountMinor().notNull(),
    currency: char({ length: 3 }).$type<Currency>().notNull(),
    status: text({ enum: ['mended', 'open'] }).notNull(),
    detail: text().notNull(),
    foundAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    unique('payment_findings_once').on(table.kind, table.gatewayRef),
    index('payment_findings_merchant').on(table.merchantId, table.foundAt),
  ],
);

/** How far each pass of the reconciliation has come through the gateway's list. */
export const reconcilePasses = pgTable('reconcile_passes', {
  /** `<gateway>:<pass>`. */
  id: text().primaryKey(),
  /** The pass looks at payments made since then. */
  createdAfter: instant().notNull(),
  /** Where the next run goes on; null: at the beginning. */
  cursor: text(),
  /** A worker has it in hand until then. */
  leasedUntil: instant().notNull(),
  updatedAt: instant().notNull(),
});
