import type { DeskProduct } from '@souk/protocol/http/catalog';
import type { MerchantId, PictureId, ProductId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { products, variants } from '../db/schema/catalog.ts';
import { stock } from '../db/schema/stock.ts';
import { availableOf, type PartFacts, partsColumn } from './bundle-parts.ts';
import type { Page } from './keyset.ts';
import { listProductIds, type PageWish } from './list-products.ts';
import { pictureUrl } from './picture-store.ts';

/** A page of the catalogue as its merchant edits it: what is for sale, or what is archived. */
export async function listDeskProducts(
  db: Executor,
  merchantId: MerchantId,
  wish: PageWish,
): Promise<Page<DeskProduct>> {
  const { items, nextCursor } = await listProductIds(db, merchantId, wish);
  if (items.length === 0) return { items: [], nextCursor };
  const found = await readDeskProducts(db, inArray(products.id, [...items]));
  const byId = new Map(found.map((product) => [product.id, product]));
  return { items: items.flatMap((id) => byId.get(id) ?? []), nextCursor };
}

/** Throws AppError PRODUCT_NOT_FOUND. */
export async function getDeskProduct(
  db: Executor,
  merchantId: MerchantId,
  productId: ProductId,
): Promise<DeskProduct> {
  const [product] = await readDeskProducts(
    db,
    and(eq(products.id, productId), eq(products.merchantId, merchantId)),
  );
  if (product === undefined) throw new AppError('PRODUCT_NOT_FOUND');
  return product;
}

/** The ids of a product's pictures in their order; pictures that were removed stand before the first. */
const picturesColumn = sql<PictureId[]>`array(
  select picture.id from pictures picture
  where picture.product_id = ${products.id} and picture.position >= 0 order by picture.position)`;

async function readDeskProducts(db: Executor, where: SQL | undefined): Promise<DeskProduct[]> {
  const rows = await db
    .select({
      product: {
        id: products.id,
        title: products.title,
        description: products.description,
        currency: products.currency,
      },
      archivedAt: products.archivedAt,
      pictureIds: picturesColumn,
      variant: {
        id: variants.id,
        sku: variants.sku,
        options: variants.options,
        label: variants.label,
        priceMinor: variants.priceMinor,
        weightGrams: variants.weightGrams,
        sizeMm: variants.sizeMm,
      },
      counts: { onHand: stock.onHand, reserved: stock.reserved, allocated: stock.allocated },
      parts: partsColumn,
    })
    .from(products)
    .innerJoin(variants, eq(variants.productId, products.id))
    .leftJoin(stock, eq(stock.variantId, variants.id))
    .where(and(where, isNull(variants.archivedAt)))
    .orderBy(asc(variants.position), asc(variants.id));
  const found = new Map<ProductId, DeskProduct>();
  for (const { product, archivedAt, pictureIds, variant, counts, parts } of rows) {
    const one = found.get(product.id) ?? {
      ...product,
      pictures: pictureIds.map((id) => ({ id, url: pictureUrl(id) })),
      isArchived: archivedAt !== null,
      variants: [],
    };
    const options = { ...variant.options };
    const desk = { ...variant, options, parts: (parts ?? []).map(toPart) };
    one.variants.push({ ...desk, available: Math.max(0, availableOf(counts, parts)) });
    found.set(product.id, one);
  }
  return [...found.values()];
}

const toPart = ({ variantId, quantity, sku, title, label }: PartFacts) => ({
  ...{ variantId, quantity, sku, title, label },
});
