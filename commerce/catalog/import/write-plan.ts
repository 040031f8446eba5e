import type { MerchantId, VariantId } from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import { AppError } from '@souk/runtime/app-error';
import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { moveStock } from '../../inventory/move-stock.ts';
import { insertVariants, replaceParts, updateVariants, type VariantWish } from '../write-variants.ts';
import type { ImportPlan, ImportState, StateVariant } from './import-state.ts';

export interface WriteContext {
  readonly merchantId: MerchantId;
  readonly currency: Currency;
  readonly actorId: string;
  readonly now: number;
}

/** Writes what the rows of a chunk change: products, variants, parts and stock, each with a few statements. */
export async function writePlan(
  tx: Tx,
  state: ImportState,
  plan: ImportPlan,
  context: WriteContext,
): Promise<{ readonly changed: VariantId[]; readonly moved: VariantId[] }> {
  await writeProducts(tx, state, plan, context);
  const wishesOf = (skus: ReadonlySet<string>): VariantWish[] =>
    [...skus].map((sku) => toWish(getVariant(state, sku), context.merchantId));
  const updates = wishesOf(plan.changedVariants);
  await insertVariants(tx, wishesOf(plan.newVariants), context.now);
  await updateVariants(tx, updates);
  const bundles = [...plan.newParts].map((sku) => getVariant(state, sku));
  await replaceParts(
    tx,
    bundles.map(({ id, parts }) => ({
      id,
      parts: parts.map((part) => ({ variantId: getVariant(state, part.sku).id, quantity: part.quantity })),
    })),
  );
  const moves = [...plan.moves].map(([sku, quantity]) => ({
    variantId: getVariant(state, sku).id,
    quantity,
  }));
  const movement = { reason: 'import', actorId: context.actorId };
  await moveStock(
    tx,
    'adjust',
    moves.map((move) => ({ ...move, ...movement })),
    { now: context.now },
  );
  return {
    changed: [...updates, ...bundles].map(({ id }) => id),
    moved: moves.map(({ variantId }) => variantId),
  };
}

function getVariant({ variants }: ImportState, sku: string): StateVariant {
  const variant = variants.get(sku);
  if (variant === undefined) throw new AppError('VARIANT_NOT_FOUND', { detail: `import: ${sku}` });
  return variant;
}

const toWish = (variant: StateVariant, merchantId: MerchantId): VariantWish => {
  const { id, productId, sku, label, options, priceMinor, weightGrams, sizeMm, position } = variant;
  return { id, productId, merchantId, sku, label, options, priceMinor, weightGrams, sizeMm, position };
};

async function writeProducts(
  tx: Tx,
  state: ImportState,
  { newProducts, changedProducts }: ImportPlan,
  { merchantId, currency, now }: WriteContext,
): Promise<void> {
  const rows = [...changedProducts].flatMap((id) => state.products.get(id) ?? []);
  if (rows.length === 0) return;
  const toJson = (isNew: boolean): string =>
    JSON.stringify(
      rows
        .filter(({ id }) => newProducts.has(id) === isNew)
        .map(({ id, title, description }, at) => ({ id, title, description, at })),
    );
  await tx.execute(sql`
    insert into products (id, merchant_id, title, description, currency, position, created_at)
    select w.id, ${merchantId}, w.title, w.description, ${currency}, w.at + (
      select coalesce(max(position) + 1, 0) from products where merchant_id = ${merchantId}
    ), ${new Date(now).toISOString()}::timestamptz
    from jsonb_to_recordset(${toJson(true)}::jsonb) as w(id text, title text, description text, at int)`);
  await tx.execute(sql`
    update products p set title = w.title, description = w.description, archived_at = null
    from jsonb_to_recordset(${toJson(false)}::jsonb) as w(id text, title text, description text) where p.id = w.id`);
}
