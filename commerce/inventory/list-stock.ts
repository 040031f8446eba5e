import type { Stock } from '@souk/protocol/http/desk';
import type { MerchantId, VariantId } from '@souk/protocol/ids';
import { and, asc, eq, isNull, notExists, or, type SQL, sql } from 'drizzle-orm';
import { containing, type Page, readCursor, toPage } from '../catalog/keyset.ts';
import { pictureUrl } from '../catalog/picture-store.ts';
import type { Executor } from '../db/database.ts';
import { products, variantParts, variants } from '../db/schema/catalog.ts';
import { stock } from '../db/schema/stock.ts';

export interface StockWish {
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Found in the product's title, or in the SKU. */
  readonly search?: string | undefined;
}

/**
 * A page of the stock of a merchant's variants, in the order of the catalogue. Bundles are left out: they have no stock
 * of their own. An archived variant is in it while units of it are on the shelf.
 */
export async function listStock(db: Executor, merchantId: MerchantId, wish: StockWish): Promise<Page<Stock>> {
  const { cursor, limit, search = '' } = wish;
  const isForSale = and(isNull(variants.archivedAt), isNull(products.archivedAt));
  const isBundle = db
    .select({ one: sql`1` })
    .from(variantParts)
    .where(eq(variantParts.bundleId, variants.id));
  const rows = await selectStock(
    db,
    and(
      eq(products.merchantId, merchantId),
      or(isForSale, sql`${stock.onHand} > 0`),
      notExists(isBundle),
      cursor === undefined ? undefined : after(cursor),
      search === '' ? undefined : matches(search),
    ),
    limit + 1,
  );
  const { items, nextCursor } = toPage(rows, limit, ({ key }) => key);
  return { items: items.map((row) => row.stock), nextCursor };
}

/** The stock of one variant of the merchant; undefined when there is none. */
export async function findStock(
  db: Executor,
  merchantId: MerchantId,
  variantId: VariantId,
): Promise<Stock | undefined> {
  const [row] = await selectStock(
    db,
    and(eq(variants.merchantId, merchantId), eq(variants.id, variantId)),
    1,
  );
  return row?.stock;
}

async function selectStock(db: Executor, where: SQL | undefined, limit: number) {
  const rows = await db
    .select({
      stock: {
        variantId: variants.id,
        productId: products.id,
        sku: variants.sku,
        productTitle: products.title,
        variantLabel: variants.label,
        priceMinor: variants.priceMinor,
        currency: products.currency,
        onHand: stock.onHand,
        reserved: stock.reserved,
        allocated: stock.allocated,
      },
      coverPictureId: products.coverPictureId,
      productPosition: products.position,
      variantPosition: variants.position,
    })
    .from(products)
    .innerJoin(variants, eq(products.id, variants.productId))
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(where)
    .orderBy(asc(products.position), asc(products.id), asc(variants.position), asc(variants.id))
    .limit(limit);
  return rows.map(({ stock: counts, coverPictureId, productPosition, variantPosition }) => ({
    key: [productPosition, counts.productId, variantPosition, counts.variantId],
    stock: {
      ...counts,
      pictureUrl: pictureUrl(coverPictureId),
      available: counts.onHand - counts.reserved - counts.allocated,
    },
  }));
}

function after(cursor: string): SQL {
  const [at, productId, variantAt, variantId] = readCursor(cursor, ['number', 'string', 'number', 'string']);
  return sql`(${products.position}, ${products.id}, ${variants.position}, ${variants.id})
    > (${at}::int, ${productId}::text, ${variantAt}::int, ${variantId}::text)`;
}

const matches = (search: string): SQL =>
  sql`(${products.title} ilike ${containing(search)} or ${variants.sku} ilike ${containing(search)})`;
