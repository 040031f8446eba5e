import type { ProductCard, VariantCard } from '@souk/protocol/catalog';
import type { MerchantId, ProductId, VariantId } from '@souk/protocol/ids';
import { asc, eq, inArray, type SQL } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { products, variants } from '../db/schema/catalog.ts';
import { stock } from '../db/schema/stock.ts';

/** The path under which a product's picture is served. */
export const pictureUrl = (productId: ProductId): string => `/api/pictures/${productId}.svg`;

/** The cards of these products, in the order of the ids; unknown ids are left out. */
export async function readProductCards(
  db: Executor,
  productIds: readonly ProductId[],
): Promise<ProductCard[]> {
  if (productIds.length === 0) return [];
  const cards = await readCards(db, inArray(products.id, [...productIds]));
  const byId = new Map(cards.map((card) => [card.id, card]));
  return productIds.flatMap((id) => byId.get(id) ?? []);
}

/** All products of a merchant, in the merchant's order. */
export async function listProductCards(db: Executor, merchantId: MerchantId): Promise<ProductCard[]> {
  return readCards(db, eq(products.merchantId, merchantId));
}

/** The picture of a product, an SVG document; undefined when there is no such product. */
export async function findPicture(db: Executor, productId: ProductId): Promise<string | undefined> {
  const rows = await db.select({ svg: products.pictureSvg }).from(products).where(eq(products.id, productId));
  return rows[0]?.svg;
}

async function readCards(db: Executor, where: SQL): Promise<ProductCard[]> {
  const rows = await db
    .select({
      product: {
        id: products.id,
        merchantId: products.merchantId,
        title: products.title,
        description: products.description,
        currency: products.currency,
      },
      variant: { id: variants.id, sku: variants.sku, label: variants.label, priceMinor: variants.priceMinor },
      counts: { onHand: stock.onHand, reserved: stock.reserved, allocated: stock.allocated },
    })
    .from(products)
    .innerJoin(variants, eq(variants.productId, products.id))
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(where)
    .orderBy(asc(products.position), asc(products.id), asc(variants.position));
  const cards = new Map<ProductId, ProductCard>();
  for (const { product, variant, counts } of rows) {
    const card = cards.get(product.id) ?? { ...product, pictureUrl: pictureUrl(product.id), variants: [] };
    cards.set(product.id, { ...card, variants: [...card.variants, toVariantCard(variant, counts)] });
  }
  return [...cards.values()];
}

function toVariantCard(
  variant: Omit<VariantCard, 'available'>,
  counts: { onHand: number; reserved: number; allocated: number },
): VariantCard {
  return { ...variant, available: counts.onHand - counts.reserved - counts.allocated };
}

/** What a hold needs to know of a variant. */
export interface VariantFacts {
  readonly variantId: VariantId;
  readonly productId: ProductId;
  readonly merchantId: MerchantId;
  readonly title: string;
  readonly label: string;
  readonly priceMinor: number;
}

/** Title, label and price of these variants; unknown ids are left out. */
export async function readVariantFacts(
  db: Executor,
  variantIds: readonly VariantId[],
): Promise<VariantFacts[]> {
  if (variantIds.length === 0) return [];
  return db
    .select({
      variantId: variants.id,
      productId: variants.productId,
      merchantId: variants.merchantId,
      title: products.title,
      label: variants.label,
      priceMinor: variants.priceMinor,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(inArray(variants.id, [...variantIds]));
}
