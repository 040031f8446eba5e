import type { OrderId, SaleId, VariantId } from '@souk/protocol/ids';
import { sql } from 'drizzle-orm';
import { bigserial, check, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { variants } from './catalog.ts';
import { instant } from './columns.ts';

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
    orderId: text().$type<OrderId>(),
    /** Who caused it; null when the house did. */
    actorId: text(),
    reason: text().notNull().default(''),
    /** Of a receipt that was asked for under a key: the same one counts once. */
    idempotencyKey: text(),
    at: instant().notNull(),
  },
  (table) => [
    index('stock_movements_variant').on(table.variantId, table.seq),
    uniqueIndex('stock_movements_idempotency_key')
      .on(table.variantId, table.idempotencyKey)
      .where(sql`${table.idempotencyKey} is not null`),
  ],
);
