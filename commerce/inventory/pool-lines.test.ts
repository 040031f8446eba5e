import { createId } from '@souk/protocol/ids';
import { describe, expect, it } from 'vitest';
import { toPoolLines } from './pool-lines.ts';

const [jacket, scarf, bundle] = [createId('variant'), createId('variant'), createId('variant')];
const saleId = createId('sale');
const parts = [
  { variantId: jacket, quantity: 1 },
  { variantId: scarf, quantity: 2 },
];

describe('the pools of a cart', () => {
  it('are the parts of a bundle, as many as all bundles need', () => {
    expect(toPoolLines([{ variantId: bundle, saleId: null, quantity: 3, parts }])).toEqual([
      { pool: jacket, saleId: '', quantity: 3 },
      { pool: scarf, saleId: '', quantity: 6 },
    ]);
  });

  it('name each pool once, also when a part is wanted by itself', () => {
    const cart = [
      { variantId: bundle, saleId: null, quantity: 1, parts },
      { variantId: scarf, saleId: null, quantity: 4 },
    ];
    expect(toPoolLines(cart)).toEqual([
      { pool: jacket, saleId: '', quantity: 1 },
      { pool: scarf, saleId: '', quantity: 6 },
    ]);
  });

  it('are the sale’s own for what is bought from a sale, a bundle too', () => {
    const cart = [
      { variantId: bundle, saleId, quantity: 2, parts },
      { variantId: jacket, saleId: null, quantity: 1 },
    ];
    expect(toPoolLines(cart)).toEqual([
      { pool: saleId, saleId, quantity: 2 },
      { pool: jacket, saleId: '', quantity: 1 },
    ]);
  });
});
