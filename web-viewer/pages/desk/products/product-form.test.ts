import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../api/api-error.ts';
import { foreignSkus, refusedFields } from './product-faults.ts';
import {
  emptyProductForm,
  nextVariant,
  type ProductForm,
  productFormOf,
  readProductForm,
} from './product-form.ts';

const euro = currencySchema.parse('EUR');

function jacket(change: Partial<ProductForm['variants'][number]> = {}): ProductForm {
  const variant = { ...nextVariant(), sku: 'JKT-M', values: ['Green', 'M'], price: '59', ...change };
  return { title: 'Rain jacket', description: '', optionNames: ['Colour', 'Size'], variants: [variant] };
}

describe('the form of a product', () => {
  it('reads what is typed in the shape that the server takes', () => {
    const read = readProductForm(
      jacket({ weight: '420', size: { length: '300', width: '200', height: '50' } }),
      euro,
    );
    expect(read).toMatchObject({
      kind: 'draft',
      draft: {
        title: 'Rain jacket',
        variants: [
          {
            sku: 'JKT-M',
            options: { Colour: 'Green', Size: 'M' },
            priceMinor: 5_900,
            weightGrams: 420,
            sizeMm: { length: 300, width: 200, height: 50 },
            parts: [],
          },
        ],
      },
    });
  });

  it('leaves out an option that a variant has no value for', () => {
    const read = readProductForm(jacket({ values: ['', 'M'] }), euro);
    expect(read).toMatchObject({ kind: 'draft', draft: { variants: [{ options: { Size: 'M' } }] } });
  });

  it('comes back from the server as it was typed', () => {
    const variantId = createId('variant');
    const form = productFormOf({
      id: createId('product'),
      title: 'Rain jacket',
      description: 'Dry.',
      currency: euro,
      pictures: [],
      isArchived: false,
      variants: [
        {
          id: variantId,
          sku: 'JKT-M',
          options: { Colour: 'Green', Size: 'M' },
          label: 'Green / M',
          priceMinor: 5_995,
          weightGrams: 0,
          sizeMm: null,
          parts: [{ variantId, quantity: 2, sku: 'CAP', title: 'Cap', label: 'Red' }],
          available: 3,
        },
      ],
    });
    expect(form).toMatchObject({
      optionNames: ['Colour', 'Size'],
      variants: [
        { id: variantId, values: ['Green', 'M'], label: '', price: '59.95', weight: '', available: 3 },
      ],
    });
    expect(form.variants[0]?.parts).toEqual([{ variantId, name: 'Cap · Red', sku: 'CAP', quantity: '2' }]);
  });

  it.each([
    [{ price: '0' }, 'variants.0.priceMinor', 'price'],
    [{ price: 'cheap' }, 'variants.0.priceMinor', 'price'],
    [{ sku: ' ' }, 'variants.0.sku', 'sku'],
    [{ weight: '1.5' }, 'variants.0.weightGrams', 'weight'],
    [{ size: { length: '30', width: '', height: '5' } }, 'variants.0.sizeMm', 'size'],
    [
      { parts: [{ variantId: createId('variant'), name: '', sku: '', quantity: '0' }] },
      'variants.0.parts.0',
      'quantity',
    ],
  ])('says at the field what is wrong with %j', (change, field, fault) => {
    expect(readProductForm(jacket(change), euro)).toEqual({ kind: 'faults', faults: { [field]: fault } });
  });

  it('sees a SKU and an option that stand there twice', () => {
    const form = jacket();
    const [variant = nextVariant()] = form.variants;
    const doubled = { ...form, optionNames: ['Size', 'Size'], variants: [variant, { ...variant, key: 'b' }] };
    expect(readProductForm(doubled, euro)).toEqual({
      kind: 'faults',
      faults: { 'variants.1.sku': 'skuTwice', 'optionNames.1': 'optionName' },
    });
  });

  it('says what is missing in an empty one', () => {
    expect(readProductForm(emptyProductForm(), euro)).toEqual({
      kind: 'faults',
      faults: { title: 'title', 'variants.0.sku': 'sku', 'variants.0.priceMinor': 'price' },
    });
  });
});

describe('a refusal of a product', () => {
  const refusal = (code: 'SKU_TAKEN' | 'INVALID_BUNDLE' | 'INVALID_INPUT', path: string) =>
    new ApiError({ code, message: '', retryable: false, issues: [{ path, message: '' }] });
  const skus = ['JKT-M', 'JKT-L'];

  it.each([
    ['SKU_TAKEN', 'JKT-L', 'variants.1.sku', 'skuTaken'],
    ['INVALID_BUNDLE', 'JKT-M', 'variants.0.parts', 'bundle'],
    ['INVALID_INPUT', 'variants.0.sizeMm.length', 'variants.0.sizeMm', 'size'],
    ['INVALID_INPUT', 'title', 'title', 'title'],
  ] as const)('%s of %s stands at %s', (code, path, field, fault) => {
    expect(refusedFields(refusal(code, path), skus)).toEqual({ [field]: fault });
  });

  it('names what is elsewhere in the shop', () => {
    expect(foreignSkus(refusal('INVALID_BUNDLE', 'SET-1'), skus)).toEqual(['SET-1']);
    expect(foreignSkus(refusal('SKU_TAKEN', 'JKT-L'), skus)).toEqual([]);
  });
});
