import type { MerchantId, ProductId, SaleId, ShowId, UserId, VariantId } from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import type { SaleEndReason, SaleStatus } from '@souk/protocol/states';
import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  char,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { merchants } from './accounts.ts';
import { amountMinor, instant } from './columns.ts';
import { shows } from './shows.ts';

export const products = pgTable(
  'products',
  {
    id: text().$type<ProductId>().primaryKey(),
    merchantId: text()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    title: text().notNull(),
    description: text().notNull().default(''),
    currency: char({ length: 3 }).$type<Currency>().notNull(),
    /** The picture itself, a whole SVG document. */
    pictureSvg: text().notNull(),
    /** Order in the merchant's catalogue. */
    position: integer().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [index('products_merchant').on(table.merchantId, table.position)],
);

export const variants = pgTable(
  'variants',
  {
    id: text().$type<VariantId>().primaryKey(),
    productId: text()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id),
    merchantId: text()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    sku: text().notNull(),
    label: text().notNull(),
    priceMinor: amountMinor().notNull(),
    weightGrams: integer().notNull().default(0),
    position: integer().notNull(),
  },
  (table) => [
    uniqueIndex('variants_sku_unique').on(table.merchantId, table.sku),
    index('variants_product').on(table.productId, table.position),
    check('variants_price_positive', sql`${table.priceMinor} > 0`),
  ],
);

/** Units of each variant: what is there, what orders have claimed, what running sales have set aside. */
export const stock = pgTable(
  'stock',
  {
    variantId: text()
      .$type<VariantId>()
      .primaryKey()
      .references(() => variants.id),
    onHand: integer().notNull().default(0),
    reserved: integer().notNull().default(0),
    allocated: integer().notNull().default(0),
    /** Rises with each change, so that Redis can tell a newer count from an older one. */
    version: integer().notNull().default(1),
    updatedAt: instant().notNull(),
  },
  (table) => [
    index('stock_updated').on(table.updatedAt),
    check(
      'stock_not_negative',
      sql`${table.onHand} >= 0 and ${table.reserved} >= 0 and ${table.allocated} >= 0`,
    ),
    check('stock_not_oversold', sql`${table.reserved} + ${table.allocated} <= ${table.onHand}`),
  ],
);

export const movementKinds = [
  'receive',
  'reserve',
  'release',
  'sell',
  'return',
  'adjust',
  'allocate',
  'deallocate',
] as const;
export type MovementKind = (typeof movementKinds)[number];

/** The ledger: the sums of its deltas are the stock. Rows are only ever added, by the statement that changes the stock. */
export const stockMovements = pgTable(
  'stock_movements',
  {
    seq: bigserial({ mode: 'number' }).primaryKey(),
    id: text().notNull().unique(),
    variantId: text()
      .$type<VariantId>()
      .notNull()
      .references(() => variants.id),
    kind: text({ enum: movementKinds }).notNull(),
    onHandDelta: integer().notNull(),
    reservedDelta: integer().notNull(),
    allocatedDelta: integer().notNull(),
    saleId: text().$type<SaleId>(),
    orderId: text(),
    /** Who caused it; null when the house did. */
    actorId: text(),
    reason: text().notNull().default(''),
    at: instant().notNull(),
  },
  (table) => [index('stock_movements_variant').on(table.variantId, table.seq)],
);

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
    status: text().$type<SaleStatus>().notNull(),
    endReason: text().$type<SaleEndReason>(),
    priceMinor: amountMinor().notNull(),
    perBuyerLimit: integer().notNull(),
    units: integer().notNull(),
    /** Units in orders that still stand. */
    claimed: integer().notNull().default(0),
    /** Units that went back to general availability. */
    returned: integer().notNull().default(0),
    /** What viewers were told last. */
    soldOut: boolean().notNull().default(false),
    version: integer().notNull().default(1),
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
      .where(sql`${table.status} = 'running'`),
    index('sales_show').on(table.showId),
    index('sales_updated').on(table.updatedAt),
    index('sales_unsettled')
      .on(table.settleAt)
      .where(sql`${table.claimed} + ${table.returned} < ${table.units}`),
    check('sales_price_positive', sql`${table.priceMinor} > 0`),
    check('sales_not_negative', sql`${table.claimed} >= 0 and ${table.returned} >= 0`),
    check('sales_not_oversold', sql`${table.claimed} + ${table.returned} <= ${table.units}`),
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
