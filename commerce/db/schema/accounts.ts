import type { MerchantId, UserId } from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import { sql } from 'drizzle-orm';
import {
  boolean,
  char,
  index,
  json,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** People with an account. Guests have none: they live in their session. */
export const users = pgTable(
  'users',
  {
    id: text().$type<UserId>().primaryKey(),
    email: text().notNull(),
    /** Argon2id in PHC string format. */
    passwordHash: text().notNull(),
    name: text().notNull(),
    isAdmin: boolean().notNull().default(false),
    createdAt: instant().notNull(),
  },
  (table) => [uniqueIndex('users_email_unique').on(sql`lower(${table.email})`)],
);

export const merchants = pgTable('merchants', {
  id: text().$type<MerchantId>().primaryKey(),
  name: text().notNull(),
  currency: char({ length: 3 }).$type<Currency>().notNull(),
  guestsMayChat: boolean().notNull().default(true),
  guestsMayBuy: boolean().notNull().default(false),
  /** True: coupons also take off from flash sale prices. */
  couponsOnSalePrices: boolean().notNull().default(false),
  /** The shop's own account at the payment service; null: payments go to the house's. */
  payeeAccount: text(),
  /** True once the payment service lets that account take payments. */
  payeeReady: boolean().notNull().default(false),
  createdAt: instant().notNull(),
});

export const merchantMembers = pgTable(
  'merchant_members',
  {
    merchantId: text()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    userId: text()
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    role: text({ enum: ['host', 'merchant'] }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.userId, table.role] }),
    index('merchant_members_user').on(table.userId),
  ],
);

/** Server-side sessions; the columns are those that connect-pg-simple asks for. */
export const sessions = pgTable(
  'sessions',
  {
    sid: varchar().primaryKey(),
    sess: json().notNull(),
    expire: timestamp({ precision: 6, withTimezone: true }).notNull(),
  },
  (table) => [index('sessions_expire').on(table.expire)],
);
