import type { BundlePart, ProductCard } from '@souk/protocol/catalog';
import type { MerchantId, ProductId, VariantId } from '@souk/protocol/ids';
import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { products, variants } from '../db/schema/catalog.ts';
import { stock } from '../db/schema/stock.ts';
import { availableOf, contentsOf, partsColumn } from './bundle-parts.ts';
import { pictureUrl } from './picture-store.ts';

/** The cards of these products, in the order of the ids; unknown and archived ones are left out. */
export async function readProductCards(
  db: Executor,
  productIds: readonly ProductId[],
): Promise<ProductCard[]> {
  if (productIds.length === 0) return [];
  return inOrder(productIds, toCards(await selectCards(db, inArray(products.id, [...productIds]))));
}

/** The same for those who ask again and again: the statement is prepared once. */
export function createReadProductCards(
  orm: Executor,
): (productIds: readonly ProductId[]) => Promise<ProductCard[]> {
  const wanted = sql`${products.id} = any(${sql.placeholder('productIds')}::text[])`;
  const query = selectCards(orm, wanted).prepare('read-product-cards');
  return async (productIds) =>
    inOrder(productIds, toCards(await query.execute({ productIds: [...productIds] })));
}

function inOrder(productIds: readonly ProductId[], cards: readonly ProductCard[]): ProductCard[] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  return productIds.flatMap((id) => byId.get(id) ?? []);
}

/** One statement, whatever the number of products: variants with their stock, and with the parts of bundles. */
function selectCards(db: Executor, where: SQL) {
  return db
    .select({
      product: {
        id: products.id,
        merchantId: products.merchantId,
        title: products.title,
        description: products.description,
        currency: products.currency,
      },
      coverPictureId: products.coverPictureId,
      variant: { id: variants.id, sku: variants.sku, label: variants.label, priceMinor: variants.priceMinor },
      counts: { onHand: stock.onHand, reserved: stock.reserved, allocated: stock.allocated },
      parts: partsColumn,
    })
    .from(products)
    .innerJoin(variants, eq(variants.productId, products.id))
    .leftJoin(stock, eq(stock.variantId, variants.id))
    .where(and(where, isNull(products.archivedAt), isNull(variants.archivedAt)))
    .orderBy(asc(products.position), asc(products.id), asc(variants.position), asc(variants.id));
}

type CardRow = Awaited<ReturnType<typeof selectCards>>[number];

function toCards(rows: readonly CardRow[]): ProductCard[] {
  const cards = new Map<ProductId, ProductCard>();
  for (const { product, coverPictureId, variant, counts, parts } of rows) {
    const card = cards.get(product.id) ?? {
      ...product,
      pictureUrl: pictureUrl(coverPictureId),
      variants: [],
    };
    const contents = parts === null ? {} : { contents: contentsOf(parts) };
    card.variants.push({ ...variant, available: availableOf(counts, parts), ...contents });
    cards.set(product.id, card);
  }
  return [...cards.values()];
}

/** What a hold or a sale needs to know of a variant. */
export interface VariantFacts {
  readonly variantId: VariantId;
  readonly productId: ProductId;
  readonly merchantId: MerchantId;
  readonly title: string;
  readonly label: string;
  readonly pictureUrl: string;
  readonly priceMinor: number;
  /** Of a bundle; undefined for goods of their own. */
  readonly parts: readonly BundlePart[] | undefined;
}

/** What these variants are and cost; unknown and archived ones are left out. */
export async function readVariantFacts(
  db: Executor,
  variantIds: readonly VariantId[],
): Promise<VariantFacts[]> {
  if (variantIds.length === 0) return [];
  const rows = await db
    .select({
      variantId: variants.id,
      productId: variants.productId,
      merchantId: variants.merchantId,
      title: products.title,
      label: variants.label,
      coverPictureId: products.coverPictureId,
      priceMinor: variants.priceMinor,
      parts: partsColumn,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(
      and(inArray(variants.id, [...variantIds]), isNull(products.archivedAt), isNull(variants.archivedAt)),
    );
  return rows.map(({ coverPictureId, parts, ...facts }) => ({
    ...facts,
    pictureUrl: pictureUrl(coverPictureId),
    parts: parts?.map(({ variantId, quantity }) => ({ variantId, quantity })),
  }));
}
