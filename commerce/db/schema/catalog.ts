import type { SizeMm } from '@souk/protocol/http/catalog';
import type { CatalogImportId, MerchantId, PictureId, ProductId, VariantId } from '@souk/protocol/ids';
import type { ImportProblem } from '@souk/protocol/import-problems';
import type { Currency } from '@souk/protocol/money';
import { importStatuses } from '@souk/protocol/states';
import { sql } from 'drizzle-orm';
import {
  boolean,
  char,
  check,
  customType,
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
    /** The first of its pictures; null while it has none. No foreign key: the picture names its product. */
    coverPictureId: text().$type<PictureId>(),
    /** Order in the merchant's catalogue. */
    position: integer().notNull(),
    /** Out of the shop since; orders and line-ups of the past still name it. */
    archivedAt: instant(),
    createdAt: instant().notNull(),
  },
  (table) => [index('products_merchant').on(table.merchantId, table.position, table.id)],
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
    /** Name of the option → its value. */
    options: jsonb().$type<Readonly<Record<string, string>>>().notNull().default({}),
    weightGrams: integer().notNull().default(0),
    /** Of the packed goods, millimetres. */
    sizeMm: jsonb().$type<SizeMm>(),
    position: integer().notNull(),
    archivedAt: instant(),
  },
  (table) => [
    uniqueIndex('variants_sku_unique').on(table.merchantId, table.sku),
    index('variants_product').on(table.productId, table.position),
    check('variants_price_positive', sql`${table.priceMinor} > 0`),
  ],
);

/** What a bundle is made of. A variant with parts has no stock of its own; a part is never a bundle. */
export const variantParts = pgTable(
  'variant_parts',
  {
    bundleId: text()
      .$type<VariantId>()
      .notNull()
      .references(() => variants.id),
    partId: text()
      .$type<VariantId>()
      .notNull()
      .references(() => variants.id),
    /** Units of the part in one bundle. */
    quantity: integer().notNull(),
    position: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.bundleId, table.partId] }),
    index('variant_parts_part').on(table.partId),
    check('variant_parts_quantity_positive', sql`${table.quantity} > 0`),
    check('variant_parts_other', sql`${table.bundleId} <> ${table.partId}`),
  ],
);

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** Pictures of products. They never change; another picture has another id. */
export const pictures = pgTable(
  'pictures',
  {
    id: text().$type<PictureId>().primaryKey(),
    productId: text()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id),
    contentType: text({ enum: ['image/svg+xml', 'image/png', 'image/jpeg', 'image/webp'] }).notNull(),
    bytes: bytes().notNull(),
    /** Order in the product, from 0. */
    position: integer().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [index('pictures_product').on(table.productId, table.position)],
);

/** A CSV that a merchant handed in, worked off in the background. */
export const catalogImports = pgTable(
  'catalog_imports',
  {
    id: text().$type<CatalogImportId>().primaryKey(),
    merchantId: text()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    actorId: text().notNull(),
    status: text({ enum: importStatuses }).notNull(),
    isDryRun: boolean().notNull(),
    rows: integer().notNull(),
    done: integer().notNull().default(0),
    createdAt: instant().notNull(),
    finishedAt: instant(),
  },
  (table) => [index('catalog_imports_merchant').on(table.merchantId, table.createdAt)],
);

export const importOutcomes = ['waiting', 'created', 'updated', 'unchanged', 'failed'] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

/** The rows of an import with what became of them. `fields` is the row as it came: column → text. */
export const catalogImportRows = pgTable(
  'catalog_import_rows',
  {
    importId: text()
      .$type<CatalogImportId>()
      .notNull()
      .references(() => catalogImports.id, { onDelete: 'cascade' }),
    /** As the merchant counts them: the header is row 1. */
    row: integer().notNull(),
    fields: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    sku: text().notNull(),
    outcome: text({ enum: importOutcomes }).notNull(),
    /** Of a failed row: the column, and what is wrong with it. */
    problems: jsonb().$type<readonly ImportProblem[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.row] }),
    index('catalog_import_rows_outcome').on(table.importId, table.outcome, table.row),
  ],
);
