import type { Quote } from '@souk/protocol/http/checkout';
import type { CouponId, MerchantId, OrderId, QuoteId, UserId } from '@souk/protocol/ids';
import { bigserial, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { orders } from './orders.ts';

/** Quotes that were given; removed some time after they have expired. */
export const quotes = pgTable(
  'quotes',
  {
    id: text().$type<QuoteId>().primaryKey(),
    buyerId: text().$type<UserId>().notNull(),
    merchantId: text().$type<MerchantId>().notNull(),
    couponId: text().$type<CouponId>(),
    /** What the buyer was told. */
    quote: jsonb().$type<Quote>().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [index('quotes_expires').on(table.expiresAt)],
);

/** Receipts of paid orders; the number is given once. */
export const receipts = pgTable('receipts', {
  orderId: text()
    .$type<OrderId>()
    .primaryKey()
    .references(() => orders.id),
  number: bigserial({ mode: 'number' }).notNull().unique(),
  issuedAt: instant().notNull(),
});
