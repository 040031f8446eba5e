import type { RefundId } from '@souk/protocol/ids';
import { boolean, char, index, pgTable, text } from 'drizzle-orm/pg-core';
import { amountMinor, instant } from './columns.ts';

export const sandboxStatuses = [
  'requires_payment_method',
  'processing',
  'succeeded',
  'failed',
  'canceled',
] as const;
export type SandboxStatus = (typeof sandboxStatuses)[number];

/** The payment sandbox's own books. The rest of commerce never reads them: it learns by webhooks, as from a real service. */
export const sandboxPayments = pgTable('sandbox_payments', {
  /** The payment id that commerce gave; the sandbox uses it as its own reference. */
  id: text().primaryKey(),
  clientSecret: text().notNull(),
  amountMinor: amountMinor().notNull(),
  currency: char({ length: 3 }).notNull(),
  status: text({ enum: sandboxStatuses }).notNull(),
  declineCode: text(),
  refundedMinor: amountMinor().notNull().default(0),
  /** The payment that this one repeats, when the sandbox was asked to charge twice. */
  copyOf: text(),
  /** The account that the money is for; null: the house's own. */
  payee: text(),
  /** When it was charged. */
  settledAt: instant(),
  createdAt: instant().notNull(),
});

export const sandboxRefunds = pgTable('sandbox_refunds', {
  /** Idempotency key of the refund. */
  id: text().primaryKey(),
  paymentId: text()
    .notNull()
    .references(() => sandboxPayments.id),
  amountMinor: amountMinor().notNull(),
  createdAt: instant().notNull(),
});

export const sandboxEventTypes = [
  'payment.processing',
  'payment.succeeded',
  'payment.failed',
  'payment.canceled',
  'payment.refunded',
  'payment.disputed',
  'payment.dispute-won',
  'payment.dispute-lost',
] as const;
export type SandboxEventType = (typeof sandboxEventTypes)[number];

/** Webhooks of the sandbox: what they say, and whether they have arrived. */
export const sandboxEvents = pgTable(
  'sandbox_events',
  {
    id: text().primaryKey(),
    paymentId: text()
      .notNull()
      .references(() => sandboxPayments.id),
    type: text({ enum: sandboxEventTypes }).notNull(),
    /** Only of refunds. */
    refundId: text().$type<RefundId>(),
    delivered: boolean().notNull().default(false),
    createdAt: instant().notNull(),
  },
  (table) => [index('sandbox_events_payment').on(table.paymentId)],
);
