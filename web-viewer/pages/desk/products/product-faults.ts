import { errorCodeOf } from '../../../api/api-error.ts';
import { type Faults, faultsOf, issuesOf } from '../field-faults.ts';

/** What can be wrong with a field of a product; each has its words in the texts. */
export type ProductFault =
  | 'title'
  | 'description'
  | 'sku'
  | 'skuTaken'
  | 'skuTwice'
  | 'optionName'
  | 'options'
  | 'label'
  | 'price'
  | 'weight'
  | 'size'
  | 'parts'
  | 'quantity'
  | 'bundle'
  | 'other';

const faultOfField: Readonly<Record<string, ProductFault>> = {
  title: 'title',
  description: 'description',
  sku: 'sku',
  options: 'options',
  label: 'label',
  priceMinor: 'price',
  weightGrams: 'weight',
  sizeMm: 'size',
  parts: 'parts',
};

/** The field of the form that a path of the draft belongs to, and what to say there. */
export function productFaultAt(path: string): { field: string; fault: ProductFault } {
  const [first = '', index = '', name = '', part = '', leaf = ''] = path.split('.');
  if (first !== 'variants') return { field: first, fault: faultOfField[first] ?? 'other' };
  if (name === 'parts' && leaf !== '')
    return { field: `variants.${index}.parts.${part}`, fault: leaf === 'quantity' ? 'quantity' : 'bundle' };
  return { field: `variants.${index}.${name}`, fault: faultOfField[name] ?? 'other' };
}

/**
 * What a refusal of the server says about single fields. `skus` are those of the form's variants, in their order:
 * what only the whole catalogue can tell is told by SKU.
 */
export function refusedFields(error: unknown, skus: readonly string[]): Faults<ProductFault> {
  return faultsOf(issuesOf(error), (path) => {
    const index = skus.indexOf(path);
    if (index === -1) return productFaultAt(path);
    return errorCodeOf(error) === 'SKU_TAKEN'
      ? { field: `variants.${index}.sku`, fault: 'skuTaken' }
      : { field: `variants.${index}.parts`, fault: 'bundle' };
  });
}

/** SKUs that a refusal names and that are not in the form, for example those of a bundle that is made of it. */
export function foreignSkus(error: unknown, skus: readonly string[]): string[] {
  if (errorCodeOf(error) === 'INVALID_INPUT') return [];
  return issuesOf(error)
    .map(({ path }) => String(path))
    .filter((path) => !skus.includes(path));
}
