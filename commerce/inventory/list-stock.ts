import type { Stock } from '@souk/protocol/http/desk';
import type { MerchantId, VariantId } from '@souk/protocol/ids';
import { and, asc, eq } from 'drizzle-orm';
import { pictureUrl } from '../catalog/product-repository.ts';
import type { Executor } from '../db/database.ts';
import { products, variants } from '../db/schema/catalog.ts';
import { stock } from '../db/schema/stock.ts';

/** The stock of a merchant's variants, in the order of the catalogue; of one variant when it is named. */
export async function listStock(
  db: Executor,
  merchantId: MerchantId,
  variantId?: VariantId,
): Promise<Stock[]> {
  const ofMerchant = eq(variants.merchantId, merchantId);
  const rows = await db
    .select({
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
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .where(variantId === undefined ? ofMerchant : and(ofMerchant, eq(variants.id, variantId)))
    .orderBy(asc(products.position), asc(products.id), asc(variants.position));
  return rows.map(({ productId, ...row }) => ({
    ...row,
    pictureUrl: pictureUrl(productId),
    available: row.onHand - row.reserved - row.allocated,
  }));
}
