import { currencySchema } from '@souk/protocol/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIdentityRates } from './currency-rates.ts';
import { createFlatDutyTable } from './duty-table.ts';
import { createPriceCart } from './price-cart.ts';
import { computeTotals } from './totals.ts';

const [eur, jpy, kwd] = ['EUR', 'JPY', 'KWD'].map((code) => currencySchema.parse(code));
if (eur === undefined || jpy === undefined || kwd === undefined) throw new Error('a currency is missing');
const lines = [{ unitPriceMinor: 1_900, quantity: 2 }];
const rates = createIdentityRates();
const priceCart = createPriceCart({ rates, duties: createFlatDutyTable({ perMille: 0 }) });

describe('totals', () => {
  it('contain the tax of the buyer’s country', async () => {
    expect(await priceCart({ lines, currency: eur, country: 'DE' })).toEqual({
      ...{ itemsMinor: 3_800, discountMinor: 0, shippingMinor: 490, dutiesMinor: 0, taxMinor: 685 },
      ...{ totalMinor: 4_290, currency: eur },
    });
    expect(await priceCart({ lines, currency: eur, country: 'FI' })).toMatchObject({ taxMinor: 973 });
  });

  it('contain no tax on exports', async () => {
    const totals = await priceCart({ lines, currency: eur, country: 'US' });
    expect(totals).toMatchObject({ taxMinor: 0, shippingMinor: 1_990 });
  });

  it('contain the tax of what is paid, not of what was taken off', async () => {
    const totals = await priceCart({ lines, currency: eur, country: 'DE', discountOf: () => 1_900 });
    expect(totals).toMatchObject({ discountMinor: 1_900, totalMinor: 2_390, taxMinor: 382 });
  });

  it('know currencies without minor units, and with thousandths', async () => {
    expect((await priceCart({ lines, currency: jpy, country: 'DE' })).shippingMinor).toBe(5);
    expect((await priceCart({ lines, currency: kwd, country: 'DE' })).shippingMinor).toBe(4_900);
  });

  it('have duties on the goods only, and only outside of the Union', async () => {
    const withDuties = createPriceCart({ rates, duties: createFlatDutyTable({ perMille: 25 }) });
    const freeShipping = { discountOf: (shippingMinor: number) => shippingMinor };
    const abroad = await withDuties({ lines, currency: eur, country: 'US', ...freeShipping });
    expect(abroad).toMatchObject({ dutiesMinor: 95, discountMinor: 1_990, totalMinor: 3_895 });
    const cheaper = await withDuties({ lines, currency: eur, country: 'US', discountOf: () => 1_800 });
    expect(cheaper).toMatchObject({ dutiesMinor: 50 });
    expect(await withDuties({ lines, currency: eur, country: 'FR' })).toMatchObject({ dutiesMinor: 0 });
  });

  it('stay exact at the largest amounts', async () => {
    const huge = [{ unitPriceMinor: 100_000_000_000, quantity: 20 }];
    const { totalMinor, taxMinor } = await priceCart({ lines: huge, currency: eur, country: 'DE' });
    expect(totalMinor).toBe(2_000_000_000_490);
    expect(taxMinor).toBe(319_327_731_171);
  });

  it('refuse a discount of more than there is', () => {
    const none = { shippingMinor: 0, dutiesMinor: 0 };
    expect(() =>
      computeTotals({ lines, currency: eur, country: 'DE', ...none, discountMinor: 3_801 }),
    ).toThrow(RangeError);
  });
});

const carts = fc.record({
  lines: fc.array(
    fc.record({
      unitPriceMinor: fc.integer({ min: 1, max: 100_000_000_000 }),
      quantity: fc.integer({ min: 1, max: 20 }),
    }),
    { minLength: 1, maxLength: 10 },
  ),
  currency: fc.constantFrom(eur, jpy, kwd),
  country: fc.constantFrom('DE', 'FR', 'FI', 'HU', 'US', 'CH', 'ZZ'),
  perMille: fc.integer({ min: 0, max: 500 }),
  /** Share of items and shipping that is taken off. */
  discount: fc.double({ min: 0, max: 1, noNaN: true }),
  isOfShipping: fc.boolean(),
});

describe('totals of any cart', () => {
  it('add up, are whole, are never negative, and contain their tax', async () => {
    await fc.assert(
      fc.asyncProperty(carts, async ({ discount, isOfShipping, perMille, ...cart }) => {
        const price = createPriceCart({ rates, duties: createFlatDutyTable({ perMille }) });
        const { itemsMinor } = await price(cart);
        const discountOf = (shippingMinor: number): number =>
          Math.floor((isOfShipping ? shippingMinor : itemsMinor) * discount);
        const totals = await price({ ...cart, discountOf });
        const { currency, ...amounts } = totals;
        expect(currency).toBe(cart.currency);
        for (const amount of Object.values(amounts)) {
          expect(Number.isSafeInteger(amount)).toBe(true);
          expect(amount).toBeGreaterThanOrEqual(0);
        }
        const { shippingMinor, dutiesMinor, discountMinor, taxMinor, totalMinor } = amounts;
        expect(totalMinor).toBe(itemsMinor + shippingMinor + dutiesMinor - discountMinor);
        expect(taxMinor).toBeLessThanOrEqual(totalMinor);
      }),
    );
  });

  it('cost the less the more is taken off', async () => {
    await fc.assert(
      fc.asyncProperty(
        carts,
        fc.integer({ min: 0, max: 1_000 }),
        async ({ lines, currency, country }, off) => {
          const full = await priceCart({ lines, currency, country });
          const less = Math.min(off, full.itemsMinor);
          const cut = await priceCart({ lines, currency, country, discountOf: () => less });
          expect(full.totalMinor - cut.totalMinor).toBe(less);
          expect(cut.taxMinor).toBeLessThanOrEqual(full.taxMinor);
        },
      ),
    );
  });
});
