import type { BundlePart } from '@souk/protocol/catalog';
import type { SizeMm } from '@souk/protocol/http/catalog';
import type { MerchantId, ProductId, VariantId } from '@souk/protocol/ids';
import { inArray, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { variantParts, variants } from '../db/schema/catalog.ts';

/** A variant as it is to be. */
export interface VariantWish {
  readonly id: VariantId;
  readonly productId: ProductId;
  readonly merchantId: MerchantId;
  readonly sku: string;
  readonly label: string;
  readonly options: Readonly<Record<string, string>>;
  readonly priceMinor: number;
  readonly weightGrams: number;
  readonly sizeMm: SizeMm | null;
  readonly position: number;
}

/** Adds variants, each with an empty shelf. Violates a unique constraint when a SKU is taken. */
export async function insertVariants(tx: Tx, wishes: readonly VariantWish[], now: number): Promise<void> {
  if (wishes.length === 0) return;
  const rows = toJson(wishes);
  await tx.execute(sql`
    insert into variants (id, product_id, merchant_id, sku, label, options, price_minor, weight_grams, size_mm, position)
    select id, product_id, merchant_id, sku, label, options, price_minor, weight_grams,
      nullif(size_mm, 'null'::jsonb), position
    from jsonb_to_recordset(${rows}::jsonb) as w(id text, product_id text, merchant_id text, sku text, label text,
      options jsonb, price_minor bigint, weight_grams int, size_mm jsonb, position int)`);
  await tx.execute(sql`
    insert into stock (variant_id, updated_at) select id, ${new Date(now).toISOString()}::timestamptz
    from jsonb_to_recordset(${rows}::jsonb) as w(id text)`);
}

const toJson = (wishes: readonly VariantWish[]): string =>
  JSON.stringify(
    wishes.map((wish) => ({
      id: wish.id,
      product_id: wish.productId,
      merchant_id: wish.merchantId,
      sku: wish.sku,
      label: wish.label,
      options: wish.options,
      price_minor: wish.priceMinor,
      weight_grams: wish.weightGrams,
      size_mm: wish.sizeMm,
      position: wish.position,
    })),
  );

/** Replaces variants that exist, and brings archived ones back. SKUs may change places with each other. */
export async function updateVariants(tx: Tx, wishes: readonly VariantWish[]): Promise<void> {
  if (wishes.length === 0) return;
  const rows = toJson(wishes);
  // No two rows may share a SKU, not even between two rows of one statement.
  await tx.execute(sql`
    update variants v set sku = v.id from jsonb_to_recordset(${rows}::jsonb) as w(id text, sku text)
    where v.id = w.id and v.sku <> w.sku`);
  await tx.execute(sql`
    update variants v set sku = w.sku, label = w.label, options = w.options, price_minor = w.price_minor,
      weight_grams = w.weight_grams, size_mm = nullif(w.size_mm, 'null'::jsonb), position = w.position, archived_at = null
    from jsonb_to_recordset(${rows}::jsonb) as w(id text, sku text, label text, options jsonb, price_minor bigint,
      weight_grams int, size_mm jsonb, position int)
    where v.id = w.id`);
}

/** Says anew what these variants are made of; without parts, they are goods of their own. */
export async function replaceParts(
  tx: Tx,
  bundles: readonly { readonly id: VariantId; readonly parts: readonly BundlePart[] }[],
): Promise<void> {
  if (bundles.length === 0) return;
  const ids = bundles.map(({ id }) => id);
  await tx.delete(variantParts).where(inArray(variantParts.bundleId, ids));
  const rows = bundles.flatMap(({ id, parts }) =>
    parts.map((part, position) => ({
      bundleId: id,
      partId: part.variantId,
      quantity: part.quantity,
      position,
    })),
  );
  if (rows.length > 0) await tx.insert(variantParts).values(rows);
}

export async function archiveVariants(tx: Tx, ids: readonly VariantId[], now: number): Promise<void> {
  if (ids.length > 0)
    await tx
      .update(variants)
      .set({ archivedAt: now })
      .where(inArray(variants.id, [...ids]));
}
