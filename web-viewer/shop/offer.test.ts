import type { ProductCard, VariantCard } from '@souk/protocol/catalog';
import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { emptyShowState, type SaleState } from '@souk/protocol/timeline/state';
import { describe, expect, it } from 'vitest';
import { offerOf, preferredVariant, spotlights, unitsLeft } from './offer.ts';

function variant(available: number): VariantCard {
  return { id: createId('variant'), sku: 'S', label: 'M', priceMinor: 5_900, available };
}

function product(...variants: VariantCard[]): ProductCard {
  return {
    id: createId('product'),
    merchantId: createId('merchant'),
    title: 'Rain jacket',
    description: '',
    pictureUrl: '/p.svg',
    currency: currencySchema.parse('EUR'),
    variants,
  };
}

function sale(of: ProductCard, on: VariantCard, more: Partial<SaleState> = {}): SaleState {
  return {
    saleId: createId('sale'),
    productId: of.id,
    variantId: on.id,
    units: 10,
    priceMinor: 3_900,
    perBuyerLimit: 1,
    startsAt: 0,
    endsAt: 1_000,
    phase: 'running',
    soldOut: false,
    ...more,
  };
}

describe('an offer', () => {
  const small = variant(0);
  const large = variant(4);
  const jacket = product(small, large);

  it('has the ordinary price and the newest stock without a sale', () => {
    expect(offerOf(jacket, large, [], { stock: { [large.id]: 3 } })).toMatchObject({
      priceMinor: 5_900,
      left: 3,
    });
    expect(offerOf(jacket, large, [], {})).toMatchObject({ left: 4 });
  });

  it('has the price and the units of a sale of its variant', () => {
    const running = sale(jacket, large);
    const levels = { unitsLeft: { [running.saleId]: 7 }, stock: { [large.id]: 99 } };
    expect(offerOf(jacket, large, [running], levels)).toMatchObject({ priceMinor: 3_900, left: 7 });
    expect(offerOf(jacket, small, [running], levels)).toMatchObject({ priceMinor: 5_900, left: 0 });
  });

  it('has nothing left once the sale is sold out, whatever the last count said', () => {
    const running = sale(jacket, large, { soldOut: true });
    expect(unitsLeft(running, { unitsLeft: { [running.saleId]: 2 } })).toBe(0);
  });

  it('prefers the variant on sale, then one that is left', () => {
    expect(preferredVariant(jacket, [sale(jacket, small)], {})).toBe(small);
    expect(preferredVariant(jacket, [], {})).toBe(large);
  });
});

it('puts products on sale before the pinned one, each once', () => {
  const mug = product(variant(1));
  const lamp = product(variant(1));
  const [first] = lamp.variants;
  if (first === undefined) throw new Error('the lamp has a variant');
  const running = sale(lamp, first);
  const show = {
    ...emptyShowState,
    lineup: [mug, lamp],
    pinnedProductId: mug.id,
    sales: { [running.saleId]: running },
  };
  expect(spotlights(show, 500).map((light) => [light.product.id, light.pinned, light.onSale])).toEqual([
    [lamp.id, false, true],
    [mug.id, true, false],
  ]);
  expect(spotlights(show, 1_000).map((light) => light.product.id)).toEqual([mug.id]);
});
