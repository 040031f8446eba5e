import type { ProductDraft, VariantDraft } from '@souk/protocol/http/catalog';
import { createId, type MerchantId, type ProductId, type VariantId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, asc, eq, sql } from 'drizzle-orm';
import { type Database, inTransaction, isUniqueViolation, type Tx } from '../db/database.ts';
import { products, variants } from '../db/schema/catalog.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { assertMayLeave } from './archive-rules.ts';
import { assertBundles } from './bundle-rules.ts';
import { lockCatalog } from './catalog-lock.ts';
import type { CatalogNews } from './catalog-news.ts';
import { lockShowsWith, tellLineups } from './lineup-news.ts';
import { labelOf } from './variant-label.ts';
import {
  archiveVariants,
  insertVariants,
  replaceParts,
  updateVariants,
  type VariantWish,
} from './write-variants.ts';

export interface SaveProductDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly news: CatalogNews;
  readonly clock: Clock;
}

export interface SaveProduct {
  /** Adds a product behind the others. Throws AppError SKU_TAKEN, INVALID_BUNDLE, INVALID_INPUT. */
  create(merchantId: MerchantId, draft: ProductDraft): Promise<ProductId>;
  /**
   * Replaces a product. Variants are matched by id; one without an id that has the SKU of an archived variant of the
   * product brings that one back; those left out are archived. Throws AppError PRODUCT_NOT_FOUND, VARIANT_NOT_FOUND,
   * SKU_TAKEN, INVALID_BUNDLE, INVALID_TRANSITION, INVALID_INPUT.
   */
  update(merchantId: MerchantId, productId: ProductId, draft: ProductDraft): Promise<void>;
}

export function createSaveProduct(deps: SaveProductDeps): SaveProduct {
  const { db, outbox, news, clock } = deps;
  return {
    async create(merchantId, draft) {
      const id = createId('product');
      const now = clock.now();
      await inTransaction(db, async (tx) => {
        const { currency } = await lockCatalog(tx, merchantId);
        const { title, description } = draft;
        const position = await nextPosition(tx, merchantId);
        await tx
          .insert(products)
          .values({ id, merchantId, title, description, currency, position, createdAt: now });
        await saveVariants(tx, { merchantId, productId: id, drafts: draft.variants, known: [], now });
      }).catch(explainTaken);
      return id;
    },
    async update(merchantId, productId, draft) {
      const now = clock.now();
      const changed = await inTransaction(db, async (tx) => {
        await lockCatalog(tx, merchantId);
        const shows = await lockShowsWith(tx, [productId]);
        const { title, description } = draft;
        const found = await tx
          .update(products)
          .set({ title, description })
          .where(and(eq(products.id, productId), eq(products.merchantId, merchantId)))
          .returning({ id: products.id });
        if (found.length === 0) throw new AppError('PRODUCT_NOT_FOUND');
        const known = await readKnown(tx, productId);
        const ids = await saveVariants(tx, { merchantId, productId, drafts: draft.variants, known, now });
        await tellLineups({ outbox, now }, tx, shows);
        return ids;
      }).catch(explainTaken);
      await news.changed(merchantId, changed);
    },
  };
}

async function nextPosition(tx: Tx, merchantId: MerchantId): Promise<number> {
  const [row] = await tx
    .select({ next: sql<number>`coalesce(max(${products.position}) + 1, 0)::int` })
    .from(products)
    .where(eq(products.merchantId, merchantId));
  return row?.next ?? 0;
}

interface KnownVariant {
  readonly id: VariantId;
  readonly sku: string;
  readonly isArchived: boolean;
  readonly isBundle: boolean;
}

async function readKnown(tx: Tx, productId: ProductId): Promise<KnownVariant[]> {
  return tx
    .select({
      id: variants.id,
      sku: variants.sku,
      isArchived: sql<boolean>`${variants.archivedAt} is not null`,
      isBundle: sql<boolean>`exists (select 1 from variant_parts own where own.bundle_id = "variants"."id")`,
    })
    .from(variants)
    .where(eq(variants.productId, productId))
    .orderBy(asc(variants.id));
}

interface VariantsChange {
  readonly merchantId: MerchantId;
  readonly productId: ProductId;
  readonly drafts: readonly VariantDraft[];
  readonly known: readonly KnownVariant[];
  readonly now: number;
}

/** Writes the variants, and gives back the ids of all that were touched. */
async function saveVariants(tx: Tx, change: VariantsChange): Promise<VariantId[]> {
  const { known, drafts, now } = change;
  const wishes = drafts.map((draft, position) => toWish(change, draft, position));
  const ids = new Set(wishes.map(({ id }) => id));
  if (ids.size < wishes.length)
    throw new AppError('INVALID_INPUT', { detail: 'a variant stands there twice' });
  if (new Set(wishes.map(({ sku }) => sku)).size < wishes.length) throw new AppError('SKU_TAKEN');
  const isKnown = new Map(known.map((variant) => [variant.id, variant]));
  const leaving = known.filter(({ id, isArchived }) => !isArchived && !ids.has(id)).map(({ id }) => id);
  await archiveVariants(tx, leaving, now);
  await updateVariants(
    tx,
    wishes.filter(({ id }) => isKnown.has(id)),
  );
  await insertVariants(
    tx,
    wishes.filter(({ id }) => !isKnown.has(id)),
    now,
  );
  const bundles = wishes.map(({ id, sku }, at) => ({
    ...{ id, sku, parts: drafts[at]?.parts ?? [] },
    wasBundle: isKnown.get(id)?.isBundle === true,
  }));
  await assertBundles(
    tx,
    change.merchantId,
    bundles.filter(({ parts }) => parts.length > 0),
  );
  await replaceParts(
    tx,
    bundles.filter(({ parts, wasBundle }) => wasBundle || parts.length > 0),
  );
  await assertMayLeave(tx, leaving);
  return [...ids, ...leaving];
}

function toWish(
  { merchantId, productId, known }: VariantsChange,
  draft: VariantDraft,
  position: number,
): VariantWish {
  const { id, sku, options, label, priceMinor, weightGrams, sizeMm } = draft;
  if (id !== undefined && !known.some((variant) => variant.id === id))
    throw new AppError('VARIANT_NOT_FOUND');
  const revived = known.find((variant) => variant.isArchived && variant.sku === sku);
  return {
    id: id ?? revived?.id ?? createId('variant'),
    ...{ productId, merchantId, sku, options, priceMinor, weightGrams, sizeMm, position },
    label: label ?? labelOf(options),
  };
}

function explainTaken(error: unknown): never {
  if (!isUniqueViolation(error)) throw error;
  const sku = takenSkuOf(error);
  const issues = sku === undefined ? [] : [{ path: sku, message: 'Another variant has this SKU.' }];
  throw new AppError('SKU_TAKEN', { cause: error, issues });
}

/** The SKU that PostgreSQL names in the detail of its refusal: `Key (merchant_id, sku)=(mer_…, JKT-1) already exists.` */
function takenSkuOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const detail = 'detail' in cause ? String(cause.detail) : '';
    const [, sku] = /=\(mer_\w+, (.*)\)/.exec(detail) ?? [];
    if (sku !== undefined) return sku;
  }
  return undefined;
}
