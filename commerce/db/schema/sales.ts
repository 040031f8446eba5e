import type { BundlePart } from '@souk/protocol/catalog';
import type {
  HoldId,
  MerchantId,
  ProductId,
  SaleId,
  ShowId,
  UserId,
  VariantId,
  WaitlistEntryId,
} from '@souk/protocol/ids';
import { type SaleEndReason, saleStatuses, waitlistStatuses } from '@souk/protocol/states';
import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
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
import { products, variants } from './catalog.ts';
import { amountMinor, instant } from './columns.ts';
import { shows } from './shows.ts';

/** Flash sales. `units - claimed - returned` is what the sale still has set aside in `stock.allocated`. */
export const sales = pgTable(
  'sales',
  {
    id: text().$type<SaleId>().primaryKey(),
    showId: text()
      .$type<ShowId>()
      .notNull()
      .references(() => shows.id),
    merchantId: text()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    productId: text()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id),
    variantId: text()
      .$type<VariantId>()
      .notNull()
      .references(() => variants.id),
    status: text({ enum: saleStatuses }).notNull(),
    endReason: text().$type<SaleEndReason>(),
    priceMinor: amountMinor().notNull(),
    perBuyerLimit: integer().notNull(),
    units: integer().notNull(),
    /** Most units that it ever sells; null: all that it has. */
    totalLimit: integer(),
    /** Of a bundle: its parts as they were when the units were set aside, which is what orders take. */
    parts: jsonb().$type<readonly BundlePart[]>(),
    /** Units in orders that still stand. */
    claimed: integer().notNull().default(0),
    /** Units that went back to general availability. */
    returned: integer().notNull().default(0),
    /** What viewers were told last. */
    soldOut: boolean().notNull().default(false),
    version: integer().notNull().default(1),
    /** When viewers are told; the countdown runs from here to the start. */
    announceAt: instant().notNull(),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    endedAt: instant(),
    /** When the units of the last holds are given back; null while running. */
    settleAt: instant(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex('sales_one_running')
      .on(table.showId, table.variantId)
      .where(sql`${table.status} in ('announced', 'running')`),
    index('sales_due').on(table.announceAt).where(sql`${table.status} in ('scheduled', 'announced')`),
    index('sales_show').on(table.showId),
    index('sales_open_variant').on(table.variantId).where(sql`${table.status} <> 'ended'`),
    index('sales_updated').on(table.updatedAt),
    index('sales_unsettled')
      .on(table.settleAt)
      .where(sql`${table.claimed} + ${table.returned} < ${table.units}`),
    check('sales_price_positive', sql`${table.priceMinor} > 0`),
    check('sales_not_negative', sql`${table.claimed} >= 0 and ${table.returned} >= 0`),
    check('sales_not_oversold', sql`${table.claimed} + ${table.returned} <= ${table.units}`),
    check('sales_total_limit', sql`${table.totalLimit} is null or ${table.claimed} <= ${table.totalLimit}`),
  ],
);

/** Units that one buyer's standing orders have out of one sale; the guard of the limit per buyer. */
export const saleBuyers = pgTable(
  'sale_buyers',
  {
    saleId: text()
      .$type<SaleId>()
      .notNull()
      .references(() => sales.id),
    buyerId: text().$type<UserId>().notNull(),
    units: integer().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.saleId, table.buyerId] }),
    index('sale_buyers_updated').on(table.updatedAt),
    check('sale_buyers_not_negative', sql`${table.units} >= 0`),
  ],
);

/** Changes of a sale that were asked for under a key, so that a repeat changes nothing. */
export const saleChanges = pgTable(
  'sale_changes',
  {
    saleId: text()
      .$type<SaleId>()
      .notNull()
      .references(() => sales.id),
    idempotencyKey: text().notNull(),
    /** SHA-256 of the request. */
    requestHash: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.saleId, table.idempotencyKey] })],
);

/** Buyers who wait for a unit of a sale, in the order of `seq`. */
export const waitlistEntries = pgTable(
  'waitlist_entries',
  {
    seq: bigserial({ mode: 'number' }).primaryKey(),
    id: text().$type<WaitlistEntryId>().notNull().unique(),
    saleId: text()
      .$type<SaleId>()
      .notNull()
      .references(() => sales.id),
    showId: text().$type<ShowId>().notNull(),
    buyerId: text().$type<UserId>().notNull(),
    status: text({ enum: waitlistStatuses }).notNull(),
    /** The hold that was taken for the buyer. */
    holdId: text().$type<HoldId>(),
    offerExpiresAt: instant(),
    joinedAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex('waitlist_one_active')
      .on(table.saleId, table.buyerId)
      .where(sql`${table.status} in ('waiting', 'offered')`),
    index('waitlist_waiting').on(table.saleId, table.seq).where(sql`${table.status} = 'waiting'`),
    index('waitlist_offered').on(table.offerExpiresAt).where(sql`${table.status} = 'offered'`),
    index('waitlist_buyer').on(table.buyerId, table.joinedAt),
  ],
);
