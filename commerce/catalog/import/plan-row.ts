import { createId, type ProductId } from '@souk/protocol/ids';
import type { ImportProblem, ImportProblemCode } from '@souk/protocol/import-problems';
import { limits } from '@souk/protocol/limits';
import type { CsvColumn } from '../csv/csv-cells.ts';
import type { RowWish } from '../csv/parse-row.ts';
import { labelOf } from '../variant-label.ts';
import type { ImportPlan, ImportState, StateProduct, StateVariant } from './import-state.ts';

export type RowOutcome =
  | { readonly outcome: 'created' | 'updated' | 'unchanged' }
  | { readonly outcome: 'failed'; readonly problems: readonly ImportProblem[] };

const fail = (
  column: CsvColumn,
  code: ImportProblemCode,
  params: ImportProblem['params'] = {},
): RowOutcome => ({ outcome: 'failed', problems: [{ column, code, params }] });

/** Judges a row against the catalogue; when it can be done, `state` and `plan` have it done. */
export function planRow(state: ImportState, plan: ImportPlan, wish: RowWish): RowOutcome {
  const known = state.variants.get(wish.sku);
  const problem = findPartsProblem(state, wish, known) ?? findStockProblem(wish, known);
  if (problem !== undefined) return problem;
  return known === undefined ? planNew(state, plan, wish) : planKnown(state, plan, wish, known);
}

function findPartsProblem(
  { variants }: ImportState,
  { sku, parts }: RowWish,
  known: StateVariant | undefined,
): RowOutcome | undefined {
  if (parts === undefined) return undefined;
  for (const { sku: partSku } of parts) {
    const part = variants.get(partSku);
    if (partSku === sku) return fail('parts', 'part-itself');
    if (part === undefined || part.isArchived) return fail('parts', 'part-unknown', { sku: partSku });
    if (part.parts.length > 0) return fail('parts', 'part-bundle', { sku: partSku });
  }
  if (known === undefined || known.parts.length > 0) return undefined;
  if (known.isPart) return fail('parts', 'is-part');
  if (known.isInSale) return fail('parts', 'in-sale');
  if (known.onHand > 0) return fail('parts', 'has-stock');
  return undefined;
}

function findStockProblem(
  { onHand, parts }: RowWish,
  known: StateVariant | undefined,
): RowOutcome | undefined {
  if (onHand === undefined) return undefined;
  const isBundle = (parts ?? known?.parts ?? []).length > 0;
  if (isBundle) return fail('on_hand', 'bundle-stock');
  if (known === undefined || onHand >= known.promised) return undefined;
  return fail('on_hand', 'stock-promised', { units: known.promised });
}

function planNew(state: ImportState, plan: ImportPlan, wish: RowWish): RowOutcome {
  if (wish.product === undefined) return fail('product', 'product-missing');
  if (wish.priceMinor === undefined) return fail('price', 'price-missing');
  const product = findOrAddProduct(state, plan, wish.product);
  if (product.variants >= limits.variantsPerProduct)
    return fail('product', 'too-many-variants', { most: limits.variantsPerProduct });
  const { sku, options = {}, label = labelOf(options), priceMinor, weightGrams = 0, sizeMm = null } = wish;
  state.variants.set(sku, {
    ...{
      id: createId('variant'),
      productId: product.id,
      sku,
      label,
      options,
      priceMinor,
      weightGrams,
      sizeMm,
    },
    ...{
      position: product.nextPosition,
      isArchived: false,
      isCounted: true,
      promised: 0,
      isPart: false,
      isInSale: false,
    },
    onHand: wish.onHand ?? 0,
    parts: [],
  });
  state.products.set(product.id, {
    ...product,
    variants: product.variants + 1,
    nextPosition: product.nextPosition + 1,
    description: wish.description ?? product.description,
  });
  plan.newVariants.add(sku);
  plan.changedProducts.add(product.id);
  setParts(state, plan, wish);
  if (wish.onHand !== undefined && wish.onHand > 0) plan.moves.set(sku, wish.onHand);
  return { outcome: 'created' };
}

function findOrAddProduct(state: ImportState, plan: ImportPlan, title: string): StateProduct {
  const id = state.byTitle.get(title);
  const found = id === undefined ? undefined : state.products.get(id);
  if (found !== undefined) return found;
  const added = {
    title,
    description: '',
    isArchived: false,
    variants: 0,
    nextPosition: 0,
    isTitleUnclear: false,
  };
  const product = { ...added, id: createId('product') };
  state.products.set(product.id, product);
  state.byTitle.set(title, product.id);
  plan.newProducts.add(product.id);
  return product;
}

function planKnown(state: ImportState, plan: ImportPlan, wish: RowWish, known: StateVariant): RowOutcome {
  const product = state.products.get(known.productId);
  if (product === undefined) throw new Error(`the product of ${known.sku} was not read`);
  if (wish.product !== undefined && wish.product !== product.title && product.isTitleUnclear)
    return fail('product', 'title-unclear');
  if (!known.isCounted && product.variants >= limits.variantsPerProduct)
    return fail('product', 'too-many-variants', { most: limits.variantsPerProduct });
  const wasDone = [
    changeProduct(state, plan, wish, known, product),
    changeVariant(state, plan, wish, known),
    changeParts(state, plan, wish, known),
    changeStock(state, plan, wish, known),
  ];
  return { outcome: wasDone.includes(true) ? 'updated' : 'unchanged' };
}

function changeProduct(
  state: ImportState,
  plan: ImportPlan,
  wish: RowWish,
  known: StateVariant,
  product: StateProduct,
): boolean {
  const title = wish.product ?? product.title;
  const description = wish.description ?? product.description;
  const comesBack = known.isCounted ? 0 : 1;
  const isSame = title === product.title && description === product.description && !product.isArchived;
  if (isSame && comesBack === 0) return false;
  const variants = product.variants + comesBack;
  state.products.set(product.id, { ...product, title, description, isArchived: false, variants });
  retitle(state, product, title);
  plan.changedProducts.add(product.id);
  return !isSame;
}

/** The product is found by its new title from now on, unless another one has it already. */
function retitle(
  { byTitle }: ImportState,
  { id, title: before }: { id: ProductId; title: string },
  title: string,
) {
  if (byTitle.get(before) === id && before !== title) byTitle.delete(before);
  if (!byTitle.has(title)) byTitle.set(title, id);
}

function changeVariant(state: ImportState, plan: ImportPlan, wish: RowWish, known: StateVariant): boolean {
  const options = wish.options ?? known.options;
  const { priceMinor = known.priceMinor, weightGrams = known.weightGrams, sizeMm = known.sizeMm } = wish;
  // A label that was made of the options follows them.
  const label = wish.label ?? (known.label === labelOf(known.options) ? labelOf(options) : known.label);
  const next = {
    ...known,
    options,
    label,
    priceMinor,
    weightGrams,
    sizeMm,
    isArchived: false,
    isCounted: true,
  };
  if (isSameVariant(known, next)) return false;
  state.variants.set(known.sku, next);
  plan.changedVariants.add(known.sku);
  plan.changedProducts.add(known.productId);
  return true;
}

const isSameVariant = (one: StateVariant, other: StateVariant): boolean =>
  one.label === other.label &&
  one.priceMinor === other.priceMinor &&
  one.weightGrams === other.weightGrams &&
  one.isArchived === other.isArchived &&
  one.sizeMm?.length === other.sizeMm?.length &&
  one.sizeMm?.width === other.sizeMm?.width &&
  one.sizeMm?.height === other.sizeMm?.height &&
  inOrder(one.options) === inOrder(other.options);

/** PostgreSQL keeps the keys of an object in an order of its own. */
const inOrder = (options: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(options).sort(([one], [other]) => (one < other ? -1 : 1)));

function changeParts(state: ImportState, plan: ImportPlan, wish: RowWish, known: StateVariant): boolean {
  if (wish.parts === undefined || JSON.stringify(wish.parts) === JSON.stringify(known.parts)) return false;
  setParts(state, plan, wish);
  plan.changedProducts.add(known.productId);
  return true;
}

function setParts({ variants }: ImportState, plan: ImportPlan, { sku, parts }: RowWish): void {
  const bundle = variants.get(sku);
  if (parts === undefined || bundle === undefined) return;
  variants.set(sku, { ...bundle, parts });
  for (const part of parts) {
    const variant = variants.get(part.sku);
    if (variant !== undefined) variants.set(part.sku, { ...variant, isPart: true });
  }
  plan.newParts.add(sku);
}

function changeStock(
  { variants }: ImportState,
  plan: ImportPlan,
  { onHand }: RowWish,
  known: StateVariant,
): boolean {
  const now = variants.get(known.sku);
  if (onHand === undefined || now === undefined || onHand === known.onHand) return false;
  variants.set(known.sku, { ...now, onHand });
  plan.moves.set(known.sku, onHand - known.onHand);
  return true;
}
