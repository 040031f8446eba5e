import {
  type DeskProduct,
  type ProductDraft,
  productDraftSchema,
  type SizeMm,
} from '@souk/protocol/http/catalog';
import type { VariantId } from '@souk/protocol/ids';
import { type Currency, minorUnitDigits } from '@souk/protocol/money';
import { amountText, parseAmountMinor } from '../../studio/parse-amount.ts';
import { type Faults, faultsOf } from '../field-faults.ts';
import { type ProductFault, productFaultAt } from './product-faults.ts';

/** A part of a bundle as it is typed. */
export interface PartForm {
  readonly variantId: VariantId;
  readonly name: string;
  readonly sku: string;
  readonly quantity: string;
}

/** A variant as it is typed; `values` stand in the order of the form's option names. */
export interface VariantForm {
  /** Of this row in the page. */
  readonly key: string;
  readonly id?: VariantId;
  readonly sku: string;
  readonly values: readonly string[];
  /** Empty: made of the values. */
  readonly label: string;
  readonly price: string;
  readonly weight: string;
  readonly size: Readonly<Record<keyof SizeMm, string>>;
  readonly parts: readonly PartForm[];
  readonly available: number;
}

export interface ProductForm {
  readonly title: string;
  readonly description: string;
  readonly optionNames: readonly string[];
  readonly variants: readonly VariantForm[];
}

const noSize = { length: '', width: '', height: '' } as const;

/** The label that a variant gets from its options when it has none of its own. */
export function labelOf(values: readonly string[]): string {
  return values
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .join(' / ');
}

/** A row for another variant; price, weight and size are often those of the one before. */
export function nextVariant(before?: VariantForm): VariantForm {
  return {
    key: crypto.randomUUID(),
    sku: '',
    values: before?.values.map(() => '') ?? [],
    label: '',
    price: before?.price ?? '',
    weight: before?.weight ?? '',
    size: before?.size ?? noSize,
    parts: [],
    available: 0,
  };
}

export function emptyProductForm(): ProductForm {
  return { title: '', description: '', optionNames: [], variants: [nextVariant()] };
}

/** The form of a product that exists. */
export function productFormOf(product: DeskProduct): ProductForm {
  const digits = minorUnitDigits(product.currency);
  const optionNames = [...new Set(product.variants.flatMap(({ options }) => Object.keys(options)))];
  const variants = product.variants.map((variant): VariantForm => {
    const values = optionNames.map((name) => variant.options[name] ?? '');
    return {
      key: variant.id,
      id: variant.id,
      sku: variant.sku,
      values,
      label: variant.label === labelOf(values) ? '' : variant.label,
      price: amountText(variant.priceMinor, digits),
      weight: variant.weightGrams === 0 ? '' : String(variant.weightGrams),
      size: variant.sizeMm === null ? noSize : sizeText(variant.sizeMm),
      parts: variant.parts.map((part) => ({
        variantId: part.variantId,
        name: part.label === '' ? part.title : `${part.title} · ${part.label}`,
        sku: part.sku,
        quantity: String(part.quantity),
      })),
      available: variant.available,
    };
  });
  return { title: product.title, description: product.description, optionNames, variants };
}

function sizeText({ length, width, height }: SizeMm): VariantForm['size'] {
  return { length: String(length), width: String(width), height: String(height) };
}

export type ReadProduct =
  | { readonly kind: 'draft'; readonly draft: ProductDraft }
  | { readonly kind: 'faults'; readonly faults: Faults<ProductFault> };

/** What the form says, in the shape that the server takes; or what is wrong with it, field by field. */
export function readProductForm(form: ProductForm, currency: Currency): ReadProduct {
  const faults = { ...ownFaults(form) };
  const parsed = productDraftSchema.safeParse({
    title: form.title,
    description: form.description,
    variants: form.variants.map((variant) => variantDraft(variant, form.optionNames, currency)),
  });
  if (parsed.success && Object.keys(faults).length === 0) return { kind: 'draft', draft: parsed.data };
  const schemaFaults = parsed.success ? {} : faultsOf(parsed.error.issues, productFaultAt);
  return { kind: 'faults', faults: { ...schemaFaults, ...faults } };
}

function variantDraft(variant: VariantForm, optionNames: readonly string[], currency: Currency): unknown {
  const { id, sku, label, values, price, weight, size, parts } = variant;
  const options = optionNames
    .map((name, index) => [name.trim(), values[index]?.trim() ?? ''] as const)
    .filter(([, value]) => value !== '');
  const hasSize = Object.values(size).some((text) => text.trim() !== '');
  return {
    ...(id === undefined ? {} : { id }),
    sku,
    options: Object.fromEntries(options),
    ...(label.trim() === '' ? {} : { label }),
    priceMinor: parseAmountMinor(price, minorUnitDigits(currency)),
    weightGrams: weight.trim() === '' ? 0 : whole(weight),
    sizeMm: hasSize
      ? { length: whole(size.length), width: whole(size.width), height: whole(size.height) }
      : null,
    parts: parts.map(({ variantId, quantity }) => ({ variantId, quantity: whole(quantity) })),
  };
}

/** NaN for anything that is no whole number. */
function whole(text: string): number {
  return /^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

/** What the schema cannot see: it has no rows, and an options' record has no doubles. */
function ownFaults(form: ProductForm): Faults<ProductFault> {
  const faults: Record<string, ProductFault> = {};
  const skus = form.variants.map(({ sku }) => sku.trim());
  for (const [index, sku] of skus.entries()) {
    if (sku !== '' && skus.indexOf(sku) < index) faults[`variants.${index}.sku`] = 'skuTwice';
  }
  const names = form.optionNames.map((name) => name.trim());
  for (const [index, name] of names.entries()) {
    if (name === '' || names.indexOf(name) < index) faults[`optionNames.${index}`] = 'optionName';
  }
  return faults;
}
