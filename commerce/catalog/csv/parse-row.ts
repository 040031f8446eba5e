import { descriptionSchema, productTitleSchema, skuSchema, variantLabelSchema } from '@souk/protocol/catalog';
import type { SizeMm } from '@souk/protocol/http/catalog';
import type { ImportProblem, ImportProblemCode } from '@souk/protocol/import-problems';
import { limits } from '@souk/protocol/limits';
import { MAX_AMOUNT_MINOR } from '@souk/protocol/money';
import type { z } from 'zod';
import { type CsvColumn, type CsvFields, splitItems } from './csv-cells.ts';
import { parseAmount } from './money-text.ts';

/** What a row asks for. What is left out stays as it is; a new variant gets the usual. */
export interface RowWish {
  readonly sku: string;
  readonly product?: string;
  readonly description?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly label?: string;
  readonly priceMinor?: number;
  readonly weightGrams?: number;
  readonly sizeMm?: SizeMm;
  readonly onHand?: number;
  readonly parts?: readonly { readonly sku: string; readonly quantity: number }[];
}

export type ParsedRow =
  | { readonly ok: true; readonly wish: RowWish }
  | { readonly ok: false; readonly problems: readonly ImportProblem[] };

const WEIGHT_MAX = 1_000_000;
const SIDE_MAX = 100_000;
const ON_HAND_MAX = 1_000_000_000;
const OPTION_LENGTH = 40;

/** Judges the cells of a row by themselves. `digits`: of the currency's minor unit. An empty cell asks for nothing. */
export function parseRow(fields: CsvFields, digits: number): ParsedRow {
  const problems: ImportProblem[] = [];
  const blame: Blame = (column, code, params = {}) => {
    problems.push({ column, code, params });
    return undefined;
  };
  const read = <Value>(column: CsvColumn, parse: (text: string) => Value | undefined): Value | undefined => {
    const text = fields[column] ?? '';
    return text === '' ? undefined : parse(text);
  };
  const asText = (column: CsvColumn, schema: z.ZodType<string>, most: number) =>
    read(column, (text) => {
      const parsed = schema.safeParse(text);
      return parsed.success ? parsed.data : blame(column, 'too-long', { most });
    });
  const asCount = (column: CsvColumn, most: number, least = 0) =>
    read(column, (text) => {
      const count = /^\d{1,10}$/.test(text) ? Number(text) : undefined;
      if (count === undefined) return blame(column, 'no-whole-number', { text: shorten(text) });
      return count >= least && count <= most ? count : blame(column, 'out-of-range', { least, most });
    });

  if ((fields.sku ?? '') === '') blame('sku', 'sku-missing');
  const sku = asText('sku', skuSchema, 64) ?? '';
  const wish = given({
    product: asText('product', productTitleSchema, 120),
    description: asText('description', descriptionSchema, 2_000),
    options: read('options', (text) => parseOptions(text, blame)),
    label: asText('label', variantLabelSchema, 80),
    priceMinor: read('price', (text) => parsePrice(text, digits, blame)),
    weightGrams: asCount('weight_g', WEIGHT_MAX),
    sizeMm: parseSize(
      [
        asCount('length_mm', SIDE_MAX, 1),
        asCount('width_mm', SIDE_MAX, 1),
        asCount('height_mm', SIDE_MAX, 1),
      ],
      fields,
      blame,
    ),
    onHand: asCount('on_hand', ON_HAND_MAX),
    parts: read('parts', (text) => parseParts(text, blame)),
  });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, wish: { sku, ...wish } };
}

type Blame = (column: CsvColumn, code: ImportProblemCode, params?: ImportProblem['params']) => undefined;

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

function parsePrice(text: string, digits: number, blame: Blame): number | undefined {
  const amount = parseAmount(text, digits);
  if (amount === undefined) {
    const example = digits === 0 ? '1290' : `12.${'9'.padEnd(digits, '0')}`;
    return blame('price', 'no-price', { text: shorten(text), example });
  }
  if (amount === 0) return blame('price', 'price-zero');
  return amount <= MAX_AMOUNT_MINOR ? amount : blame('price', 'price-too-high');
}

function parseOptions(text: string, blame: Blame): Record<string, string> | undefined {
  const pairs = splitItems(text, '=');
  const isWell = (name: string | undefined): boolean =>
    name !== undefined && name !== '' && name.length <= OPTION_LENGTH;
  if (!pairs.every(([name, value]) => isWell(name) && isWell(value)))
    return blame('options', 'options-form', { most: OPTION_LENGTH });
  if (pairs.length > limits.optionsPerVariant)
    return blame('options', 'too-many-options', { most: limits.optionsPerVariant });
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) return blame('options', 'option-twice');
  return Object.fromEntries(pairs.map(([name, value]) => [name, value ?? '']));
}

function parseParts(text: string, blame: Blame): { sku: string; quantity: number }[] | undefined {
  const parts = splitItems(text, '*').map(([sku, count]) => ({ sku, quantity: toQuantity(count) }));
  if (parts.some(({ sku, quantity }) => sku === '' || quantity === undefined))
    return blame('parts', 'parts-form', { most: limits.partQuantity });
  if (parts.length > limits.partsPerBundle)
    return blame('parts', 'too-many-parts', { most: limits.partsPerBundle });
  if (new Set(parts.map(({ sku }) => sku)).size < parts.length) return blame('parts', 'part-twice');
  return parts.map(({ sku, quantity = 1 }) => ({ sku, quantity }));
}

function toQuantity(text: string | undefined): number | undefined {
  if (text === undefined) return 1;
  const quantity = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return quantity >= 1 && quantity <= limits.partQuantity ? quantity : undefined;
}

const sides = ['length_mm', 'width_mm', 'height_mm'] as const;

function parseSize(
  [length, width, height]: readonly (number | undefined)[],
  fields: CsvFields,
  blame: Blame,
): SizeMm | undefined {
  const empty = sides.filter((side) => (fields[side] ?? '') === '');
  const [first] = empty;
  if (first !== undefined && empty.length < sides.length) return blame(first, 'size-incomplete');
  if (length === undefined || width === undefined || height === undefined) return undefined;
  return { length, width, height };
}

/** Leaves out what is undefined, so that it does not stand over what is there. */
function given<Wish extends object>(wish: Wish): { [Key in keyof Wish]?: Exclude<Wish[Key], undefined> } {
  const entries = Object.entries(wish).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Wish]?: Exclude<Wish[Key], undefined> };
}
