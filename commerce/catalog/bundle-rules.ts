import type { BundlePart } from '@souk/protocol/catalog';
import type { MerchantId, VariantId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { products, variantParts, variants } from '../db/schema/catalog.ts';
import { sales } from '../db/schema/sales.ts';
import { stock } from '../db/schema/stock.ts';

/** A variant that is to be a bundle. */
export interface Bundle {
  readonly id: VariantId;
  readonly sku: string;
  readonly parts: readonly BundlePart[];
  /** False when it had stock of its own until now. */
  readonly wasBundle: boolean;
}

const refuse = (sku: string, message: string): AppError =>
  new AppError('INVALID_BUNDLE', { issues: [{ path: sku, message }] });

/**
 * Checks what the schema cannot: parts are other variants of the same shop that are for sale and no bundles, each named
 * once; and what becomes a bundle has no stock, no sale, and is no part. Throws AppError INVALID_BUNDLE.
 * To be called when the variants are written, and the parts are not.
 */
export async function assertBundles(
  tx: Tx,
  merchantId: MerchantId,
  bundles: readonly Bundle[],
): Promise<void> {
  if (bundles.length === 0) return;
  const partIds = [...new Set(bundles.flatMap(({ parts }) => parts.map(({ variantId }) => variantId)))];
  const known = await readParts(tx, merchantId, partIds);
  const becoming = new Set(bundles.map(({ id }) => id));
  for (const { id, sku, parts } of bundles) {
    if (new Set(parts.map(({ variantId }) => variantId)).size < parts.length)
      throw refuse(sku, 'A part is named twice.');
    for (const { variantId } of parts) {
      if (variantId === id) throw refuse(sku, 'A bundle cannot be a part of itself.');
      const part = known.get(variantId);
      if (part === undefined) throw refuse(sku, 'A part is not for sale in this shop.');
      if (part.isBundle || becoming.has(variantId)) throw refuse(sku, `${part.sku} is a bundle itself.`);
    }
  }
  await assertFree(
    tx,
    bundles.filter(({ wasBundle }) => !wasBundle),
  );
}

async function readParts(tx: Tx, merchantId: MerchantId, ids: readonly VariantId[]) {
  const rows = await tx
    .select({
      id: variants.id,
      sku: variants.sku,
      isBundle: sql<boolean>`exists (select 1 from variant_parts own where own.bundle_id = ${variants.id})`,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(
      and(
        inArray(variants.id, [...ids]),
        eq(variants.merchantId, merchantId),
        isNull(variants.archivedAt),
        isNull(products.archivedAt),
      ),
    );
  return new Map(rows.map((row) => [row.id, row]));
}

/** What had stock of its own can become a bundle once nothing of it is left anywhere. */
async function assertFree(tx: Tx, bundles: readonly Bundle[]): Promise<void> {
  if (bundles.length === 0) return;
  const ids = bundles.map(({ id }) => id);
  const skuOf = (id: VariantId): string => bundles.find((bundle) => bundle.id === id)?.sku ?? id;
  // Locked, so that nothing is received meanwhile: whoever moves stock looks for bundles once the row is his.
  const rows = await tx
    .select({ id: stock.variantId, onHand: stock.onHand, reserved: stock.reserved })
    .from(stock)
    .where(inArray(stock.variantId, ids))
    .orderBy(asc(stock.variantId))
    .for('update');
  const stocked = rows.find(({ onHand, reserved }) => onHand !== 0 || reserved !== 0);
  if (stocked !== undefined) throw refuse(skuOf(stocked.id), 'It has stock of its own. Take that off first.');
  const [part] = await tx
    .select({ id: variantParts.partId })
    .from(variantParts)
    .where(inArray(variantParts.partId, ids));
  if (part !== undefined) throw refuse(skuOf(part.id), 'It is a part of another bundle.');
  const [sale] = await tx
    .select({ id: sales.variantId })
    .from(sales)
    .where(and(inArray(sales.variantId, ids), ne(sales.status, 'ended')));
  if (sale !== undefined) throw refuse(skuOf(sale.id), 'It is in a flash sale.');
}
