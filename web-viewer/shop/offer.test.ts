import type { ProductCard, VariantCard } from '@souk/protocol/catalog';
import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import type { SaleState } from '@souk/protocol/timeline/state';
import { describe, expect, it } from 'vitest';
import { type OpenSales, offerOf, openSalesAt, preferredVariant, spotlights, unitsLeft } from './offer.ts';

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

function sale(of: ProductCard, on: VariantCard | undefined, more: Partial<SaleState> = {}): SaleState {
  if (on === undefined) throw new Error('a variant was expected');
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

const none: OpenSales = { running: [], coming: [] };

describe('an offer', () => {
  const small = variant(0);
  const large = variant(4);
  const jacket = product(small, large);

  it('has the ordinary price and the newest stock without a sale', () => {
    expect(offerOf(jacket, large, none, { stock: { [large.id]: 3 } })).toMatchObject({
      priceMinor: 5_900,
      left: 3,
    });
    expect(offerOf(jacket, large, none, {})).toMatchObject({ left: 4 });
  });

  it('has the price and the units of a sale of its variant', () => {
    const running = sale(jacket, large);
    const levels = { unitsLeft: { [running.saleId]: 7 }, stock: { [large.id]: 99 } };
    const sales = { ...none, running: [running] };
    expect(offerOf(jacket, large, sales, levels)).toMatchObject({ priceMinor: 3_900, left: 7 });
    expect(offerOf(jacket, small, sales, levels)).toMatchObject({ priceMinor: 5_900, left: 0 });
  });

  it('shows the price of a sale that is about to begin, and says that it has not', () => {
    const coming = sale(jacket, large, { startsAt: 500, phase: 'announced' });
    const at = (now: number) =>
      offerOf(jacket, large, openSalesAt({ sales: { [coming.saleId]: coming } }, now), {});
    expect(at(499)).toMatchObject({ priceMinor: 3_900, isComing: true, left: 10 });
    expect(at(500)).toMatchObject({ priceMinor: 3_900, isComing: false, left: 10 });
    expect(at(1_000)).toMatchObject({ priceMinor: 5_900, isComing: false, left: 4 });
  });

  it('keeps to the sale that runs while the next one of the same variant is announced', () => {
    const running = sale(jacket, large);
    const coming = sale(jacket, large, { priceMinor: 2_900, startsAt: 5_000, endsAt: 6_000 });
    const offer = offerOf(jacket, large, { running: [running], coming: [coming] }, {});
    expect(offer).toMatchObject({ priceMinor: 3_900, isComing: false });
  });

  it('has nothing left once the sale is sold out, whatever the last count said', () => {
    const running = sale(jacket, large, { soldOut: true });
    expect(unitsLeft(running, { unitsLeft: { [running.saleId]: 2 } })).toBe(0);
  });

  it('prefers the variant on sale, then one about to be, then one that is left', () => {
    const running = [sale(jacket, small)];
    const coming = [sale(jacket, small, { startsAt: 900 })];
    expect(preferredVariant(jacket, { running, coming: [sale(jacket, large)] }, {})).toBe(small);
    expect(preferredVariant(jacket, { running: [], coming }, {})).toBe(small);
    expect(preferredVariant(jacket, none, {})).toBe(large);
  });
});

it('puts products on sale before those about to be, and both before the pinned one, each once', () => {
  const [mug, lamp, jug] = [product(variant(1)), product(variant(1)), product(variant(1))];
  const running = sale(lamp, lamp.variants[0]);
  const coming = sale(jug, jug.variants[0], { startsAt: 900, endsAt: 2_000 });
  const sales = { [running.saleId]: running, [coming.saleId]: coming };
  const show = { lineup: [mug, jug, lamp], pinnedProductId: mug.id };
  const at = (now: number) =>
    spotlights(show, openSalesAt({ sales }, now)).map((light) => [
      light.product.id,
      light.pinned,
      light.onSale,
    ]);
  expect(at(500)).toEqual([
    [lamp.id, false, true],
    [jug.id, false, true],
    [mug.id, true, false],
  ]);
  expect(at(1_000).map(([id]) => id)).toEqual([jug.id, mug.id]);
});
