import {
  type CatalogImportId,
  createId,
  type MerchantId,
  type ProductId,
  productIdSchema,
  variantIdSchema,
} from '@souk/protocol/ids';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import type { RowWish } from '../csv/parse-row.ts';
import type { ImportState, StateVariant } from './import-state.ts';

const variantsSchema = z.array(
  z.object({
    id: variantIdSchema,
    productId: productIdSchema,
    sku: z.string(),
    label: z.string(),
    options: z.record(z.string(), z.string()),
    priceMinor: z.coerce.number(),
    weightGrams: z.int(),
    sizeMm: z.object({ length: z.int(), width: z.int(), height: z.int() }).nullable(),
    position: z.int(),
    isArchived: z.boolean(),
    isCounted: z.boolean(),
    onHand: z.int(),
    promised: z.int(),
    parts: z.array(z.object({ sku: z.string(), quantity: z.int() })),
    isPart: z.boolean(),
    isInSale: z.boolean(),
  }),
);

const productsSchema = z.array(
  z.object({
    id: productIdSchema,
    title: z.string(),
    description: z.string(),
    isArchived: z.boolean(),
    variants: z.int(),
    nextPosition: z.int(),
    isTitleUnclear: z.boolean(),
  }),
);

export interface StateWish {
  readonly merchantId: MerchantId;
  readonly importId: CatalogImportId;
  readonly isDryRun: boolean;
  readonly wishes: readonly RowWish[];
}

/** All SKUs that rows name, also as parts. */
const skusOf = (wishes: readonly RowWish[]): string[] => [
  ...new Set(wishes.flatMap(({ sku, parts = [] }) => [sku, ...parts.map((part) => part.sku)])),
];

const titlesOf = (wishes: readonly RowWish[]): string[] => [
  ...new Set(wishes.flatMap(({ product }) => product ?? [])),
];

/** The products that rows may change: those of their SKUs, and those with their titles. */
export async function findTouchedProducts(tx: Tx, wish: StateWish): Promise<ProductId[]> {
  const skus = wish.wishes.map(({ sku }) => sku);
  const result = await tx.execute(sql`
    select product_id id from variants
      where merchant_id = ${wish.merchantId} and sku in (select jsonb_array_elements_text(${JSON.stringify(skus)}::jsonb))
    union
    select id from products
      where merchant_id = ${wish.merchantId} and archived_at is null
        and title in (select jsonb_array_elements_text(${JSON.stringify(titlesOf(wish.wishes))}::jsonb))`);
  return z
    .array(z.object({ id: productIdSchema }))
    .parse(result.rows)
    .map(({ id }) => id);
}

/** Locks the stock that rows set, in the order of the ids, so that what is counted next stays so. */
export async function lockStock(tx: Tx, { merchantId, wishes }: StateWish): Promise<void> {
  const skus = wishes
    .filter(({ onHand, parts }) => onHand !== undefined || parts !== undefined)
    .map(({ sku }) => sku);
  if (skus.length === 0) return;
  await tx.execute(sql`
    select s.variant_id from stock s join variants v on v.id = s.variant_id
    where v.merchant_id = ${merchantId} and v.sku in (select jsonb_array_elements_text(${JSON.stringify(skus)}::jsonb))
    order by s.variant_id for update of s`);
}

/** Reads the part of the catalogue that these rows touch; of a dry run, also what rows before would have added. */
export async function loadState(
  tx: Tx,
  wish: StateWish,
  productIds: readonly ProductId[],
): Promise<ImportState> {
  const variants = await readVariants(tx, wish);
  const products = await readProducts(tx, wish, productIds);
  const state: ImportState = {
    variants: new Map(variants.map((variant) => [variant.sku, variant])),
    products: new Map(products.map((product) => [product.id, product])),
    byTitle: new Map(),
  };
  for (const { id, title, isArchived } of products)
    if (!isArchived && !state.byTitle.has(title)) state.byTitle.set(title, id);
  if (wish.isDryRun) await addImagined(tx, wish, state);
  return state;
}

async function readVariants(tx: Tx, { merchantId, wishes }: StateWish): Promise<StateVariant[]> {
  const result = await tx.execute(sql`
    select v.id, v.product_id "productId", v.sku, v.label, v.options, v.price_minor "priceMinor",
      v.weight_grams "weightGrams", v.size_mm "sizeMm", v.position,
      (v.archived_at is not null or p.archived_at is not null) "isArchived",
      v.archived_at is null "isCounted", coalesce(s.on_hand, 0) "onHand", coalesce(s.reserved + s.allocated, 0) promised,
      coalesce((select json_agg(json_build_object('sku', part.sku, 'quantity', vp.quantity) order by vp.position)
        from variant_parts vp join variants part on part.id = vp.part_id where vp.bundle_id = v.id), '[]') parts,
      exists (select 1 from variant_parts vp where vp.part_id = v.id) "isPart",
      exists (select 1 from sales where sales.variant_id = v.id and sales.status <> 'ended') "isInSale"
    from variants v join products p on p.id = v.product_id left join stock s on s.variant_id = v.id
    where v.merchant_id = ${merchantId}
      and v.sku in (select jsonb_array_elements_text(${JSON.stringify(skusOf(wishes))}::jsonb))`);
  return variantsSchema.parse(result.rows);
}

async function readProducts(tx: Tx, { importId }: StateWish, productIds: readonly ProductId[]) {
  if (productIds.length === 0) return [];
  const ids = JSON.stringify(productIds);
  const result = await tx.execute(sql`
    with wanted as (
      select p.* from products p where p.id in (select jsonb_array_elements_text(${ids}::jsonb))
    ), unclear as (
      select v.product_id from catalog_import_rows r
      join variants v on v.sku = r.sku and v.product_id in (select id from wanted)
      where r.import_id = ${importId} and coalesce(r.fields->>'product', '') <> ''
      group by v.product_id having count(distinct r.fields->>'product') > 1
    )
    select id, title, description, archived_at is not null "isArchived",
      (select count(*)::int from variants v where v.product_id = wanted.id and v.archived_at is null) variants,
      (select coalesce(max(v.position) + 1, 0) from variants v where v.product_id = wanted.id) "nextPosition",
      exists (select 1 from unclear where unclear.product_id = wanted.id) "isTitleUnclear"
    from wanted order by position, id`);
  return productsSchema.parse(result.rows);
}

const imaginedSchema = z.array(
  z.object({ sku: z.string(), product: z.string(), isBundle: z.boolean(), outcome: z.string() }),
);

/** Nothing of a dry run is written, so the rows themselves tell what would be there by now. */
async function addImagined(tx: Tx, { importId, wishes }: StateWish, state: ImportState): Promise<void> {
  const result = await tx.execute(sql`
    select sku, coalesce(fields->>'product', '') product, coalesce(fields->>'parts', '') <> '' "isBundle", outcome
    from catalog_import_rows
    where import_id = ${importId} and outcome in ('created', 'updated') and (
      sku in (select jsonb_array_elements_text(${JSON.stringify(skusOf(wishes))}::jsonb)) or
      (outcome = 'created' and
        fields->>'product' in (select jsonb_array_elements_text(${JSON.stringify(titlesOf(wishes))}::jsonb))))`);
  for (const { sku, product: title, isBundle, outcome } of imaginedSchema.parse(result.rows)) {
    const known = state.variants.get(sku);
    const parts = isBundle ? [{ sku: '', quantity: 1 }] : [];
    if (known !== undefined) state.variants.set(sku, isBundle ? { ...known, parts } : known);
    if (outcome !== 'created' || known !== undefined) continue;
    const productId = imagineProduct(state, title);
    state.variants.set(sku, { ...imaginedVariant, id: createId('variant'), productId, sku, parts });
  }
}

const imaginedVariant = {
  ...{ label: '', options: {}, priceMinor: 1, weightGrams: 0, sizeMm: null, position: 0, isArchived: false },
  ...{ isCounted: true, onHand: 0, promised: 0, isPart: false, isInSale: false },
};

/** Counts one variant more of the product with that title. */
function imagineProduct(state: ImportState, title: string): ProductId {
  const known = state.products.get(state.byTitle.get(title) ?? createId('product'));
  const product = known ?? {
    ...{ id: createId('product'), title, description: '', isArchived: false },
    ...{ variants: 0, nextPosition: 0, isTitleUnclear: false },
  };
  state.products.set(product.id, { ...product, variants: product.variants + 1 });
  state.byTitle.set(title, product.id);
  return product.id;
}
