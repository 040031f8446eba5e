import type { MerchantId, ProductId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { and, eq, isNull } from 'drizzle-orm';
import { inTransaction, type Tx } from '../db/database.ts';
import { products, variantParts, variants } from '../db/schema/catalog.ts';
import { assertMayLeave } from './archive-rules.ts';
import { assertBundles } from './bundle-rules.ts';
import { lockCatalog } from './catalog-lock.ts';
import { lockShowsWith, tellLineups } from './lineup-news.ts';
import type { SaveProductDeps } from './save-product.ts';

export type ArchiveProduct = (
  merchantId: MerchantId,
  productId: ProductId,
  isArchived: boolean,
) => Promise<void>;

/**
 * Takes a product out of the shop, and out of the line-ups of shows that are not over; or brings it back to the shop.
 * Throws AppError PRODUCT_NOT_FOUND, INVALID_TRANSITION while it is in a sale, INVALID_BUNDLE.
 */
export function createArchiveProduct({ db, outbox, news, clock }: SaveProductDeps): ArchiveProduct {
  return async (merchantId, productId, isArchived) => {
    const now = clock.now();
    const changed = await inTransaction(db, async (tx) => {
      await lockCatalog(tx, merchantId);
      const shows = await lockShowsWith(tx, [productId]);
      const [product] = await tx
        .select({ archivedAt: products.archivedAt })
        .from(products)
        .where(and(eq(products.id, productId), eq(products.merchantId, merchantId)));
      if (product === undefined) throw new AppError('PRODUCT_NOT_FOUND');
      if ((product.archivedAt !== null) === isArchived) return [];
      const ids = await readActive(tx, productId);
      await tx
        .update(products)
        .set({ archivedAt: isArchived ? now : null })
        .where(eq(products.id, productId));
      if (isArchived) await assertMayLeave(tx, ids);
      else await assertBundlesOf(tx, merchantId, productId);
      await tellLineups({ outbox, now }, tx, shows);
      return ids;
    });
    await news.changed(merchantId, changed);
  };
}

async function readActive(tx: Tx, productId: ProductId) {
  const rows = await tx
    .select({ id: variants.id })
    .from(variants)
    .where(and(eq(variants.productId, productId), isNull(variants.archivedAt)));
  return rows.map(({ id }) => id);
}

/** A bundle comes back only when its parts are for sale. */
async function assertBundlesOf(tx: Tx, merchantId: MerchantId, productId: ProductId): Promise<void> {
  const rows = await tx
    .select({
      id: variants.id,
      sku: variants.sku,
      partId: variantParts.partId,
      quantity: variantParts.quantity,
    })
    .from(variantParts)
    .innerJoin(variants, eq(variants.id, variantParts.bundleId))
    .where(and(eq(variants.productId, productId), isNull(variants.archivedAt)));
  const bundles = [...new Set(rows.map(({ id }) => id))].map((id) => {
    const own = rows.filter((row) => row.id === id);
    const parts = own.map(({ partId, quantity }) => ({ variantId: partId, quantity }));
    return { id, sku: own[0]?.sku ?? id, parts, wasBundle: true };
  });
  // While they were away their parts may have become bundles.
  await assertBundles(tx, merchantId, bundles);
}
