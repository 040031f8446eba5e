import type { VariantId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { and, eq, inArray, isNull, ne, notInArray } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { products, variantParts, variants } from '../db/schema/catalog.ts';
import { sales } from '../db/schema/sales.ts';

/**
 * Variants can leave the shop unless a flash sale of them is under way or scheduled, or a bundle that stays is made of
 * them. Orders and holds that exist go on, and the stock stays in the ledger. Throws AppError INVALID_TRANSITION,
 * INVALID_BUNDLE.
 */
export async function assertMayLeave(tx: Tx, variantIds: readonly VariantId[]): Promise<void> {
  if (variantIds.length === 0) return;
  const ids = [...variantIds];
  const [sale] = await tx
    .select({ sku: variants.sku })
    .from(sales)
    .innerJoin(variants, eq(variants.id, sales.variantId))
    .where(and(inArray(sales.variantId, ids), ne(sales.status, 'ended')))
    .limit(1);
  if (sale !== undefined)
    throw new AppError('INVALID_TRANSITION', {
      issues: [{ path: sale.sku, message: 'It is in a flash sale. Stop the sale first.' }],
    });
  const [bundle] = await tx
    .select({ sku: variants.sku })
    .from(variantParts)
    .innerJoin(variants, eq(variants.id, variantParts.bundleId))
    .innerJoin(products, eq(products.id, variants.productId))
    .where(
      and(
        inArray(variantParts.partId, ids),
        notInArray(variants.id, ids),
        isNull(variants.archivedAt),
        isNull(products.archivedAt),
      ),
    )
    .limit(1);
  if (bundle !== undefined)
    throw new AppError('INVALID_BUNDLE', {
      issues: [{ path: bundle.sku, message: 'This bundle is made of it. Change the bundle first.' }],
    });
}
