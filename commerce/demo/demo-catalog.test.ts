import { productCardSchema } from '@souk/protocol/catalog';
import { createId } from '@souk/protocol/ids';
import { describe, expect, it } from 'vitest';
import { demoProducts } from './demo-catalog.ts';
import { productOfTurn } from './demo-director.ts';

const cards = demoProducts.map(({ title, description, variants }) => ({
  id: createId('product'),
  merchantId: createId('merchant'),
  title,
  description,
  pictureUrl: '/api/pictures/none',
  currency: 'EUR',
  variants: variants.map(({ sku, label, priceMinor, onHand }) => ({
    id: createId('variant'),
    sku,
    label,
    priceMinor,
    available: onHand,
  })),
}));

describe('demo catalogue', () => {
  it('holds at least eight products that fit the protocol', () => {
    expect(cards.length).toBeGreaterThanOrEqual(8);
    for (const card of cards) expect(productCardSchema.safeParse(card).error).toBeUndefined();
  });

  it('gives every variant a SKU of its own', () => {
    const skus = demoProducts.flatMap((product) => product.variants.map((variant) => variant.sku));
    expect(new Set(skus).size).toBe(skus.length);
  });

  it('draws every product a picture of its own, complete and without scripts', () => {
    const pictures = demoProducts.map((product) => String(product.pictures[0]?.bytes));
    expect(new Set(pictures).size).toBe(pictures.length);
    for (const picture of pictures) {
      expect(picture).toMatch(/^<svg [^>]+>.*<\/svg>$/s);
      expect(picture).not.toMatch(/<script|<foreignObject|href=|NaN|undefined/);
    }
  });

  it('shows the products in turn, again and again', () => {
    const parsed = cards.map((card) => productCardSchema.parse(card));
    const shown = Array.from({ length: parsed.length + 1 }, (_, turn) => productOfTurn(parsed, turn)?.id);
    expect(shown).toEqual([...parsed.map((card) => card.id), parsed[0]?.id]);
    expect(productOfTurn([], 3)).toBeUndefined();
  });
});
