import type { CouponBenefit } from '@souk/protocol/coupon';
import type { CouponId, MerchantId, OrderId, UserId } from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import { sql } from 'drizzle-orm';
import {
  boolean,
  char,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { merchants } from './accounts.ts';
import { amountMinor, instant } from './columns.ts';
import { orders } from './orders.ts';

/** Coupons with how far they are used. `spentMinor` and `redemptions` are the sums of the redemptions that stand. */
export const coupons = pgTable(
  'coupons',
  {
    id: text().$type<CouponId>().primaryKey(),
    merchantId: text()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    /** Upper case. */
    code: text().notNull(),
    title: text().notNull(),
    benefit: jsonb().$type<CouponBenefit>().notNull(),
    currency: char({ length: 3 }).$type<Currency>().notNull(),
    budgetMinor: amountMinor(),
    spentMinor: amountMinor().notNull().default(0),
    maxRedemptions: integer(),
    redemptions: integer().notNull().default(0),
    perBuyerLimit: integer().notNull(),
    minItemsMinor: amountMinor().notNull(),
    startsAt: instant(),
    endsAt: instant(),
    isEnabled: boolean().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex('coupons_code_unique').on(table.merchantId, table.code),
    index('coupons_merchant').on(table.merchantId, table.createdAt),
    check('coupons_not_negative', sql`${table.spentMinor} >= 0 and ${table.redemptions} >= 0`),
  ],
);

/** In how many standing orders a buyer has used a coupon; the guard of the limit per buyer. */
export const couponBuyers = pgTable(
  'coupon_buyers',
  {
    couponId: text()
      .$type<CouponId>()
      .notNull()
      .references(() => coupons.id),
    buyerId: text().$type<UserId>().notNull(),
    redemptions: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.couponId, table.buyerId] }),
    check('coupon_buyers_not_negative', sql`${table.redemptions} >= 0`),
  ],
);

/** Which coupon went into which order, and what it took off. A row is marked returned when its order came to nothing. */
export const couponRedemptions = pgTable(
  'coupon_redemptions',
  {
    orderId: text()
      .$type<OrderId>()
      .primaryKey()
      .references(() => orders.id),
    couponId: text()
      .$type<CouponId>()
      .notNull()
      .references(() => coupons.id),
    buyerId: text().$type<UserId>().notNull(),
    discountMinor: amountMinor().notNull(),
    isReturned: boolean().notNull().default(false),
    at: instant().notNull(),
  },
  (table) => [index('coupon_redemptions_coupon').on(table.couponId)],
);
