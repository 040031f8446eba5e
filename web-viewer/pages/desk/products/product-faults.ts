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

/** What a refusal of the server says about single fields. */
export function refusedFields(error: unknown): Faults<ProductFault> {
  const code = errorCodeOf(error);
  return faultsOf(issuesOf(error), (path) => {
    const at = productFaultAt(path);
    if (code === 'SKU_TAKEN') return { ...at, fault: 'skuTaken' };
    return code === 'INVALID_BUNDLE' ? { ...at, fault: 'bundle' } : at;
  });
}
