import { currencySchema } from '@souk/protocol/money';
import { describe, expect, it } from 'vitest';
import { computeTotals } from './totals.ts';

const eur = currencySchema.parse('EUR');
const lines = [{ unitPriceMinor: 1_900, quantity: 2 }];

describe('totals', () => {
  it('contain the tax of the buyer’s country', () => {
    const totals = computeTotals({ lines, currency: eur, country: 'DE' });
    expect(totals).toEqual({
      itemsMinor: 3_800,
      shippingMinor: 490,
      taxMinor: 685,
      totalMinor: 4_290,
      currency: eur,
    });
    expect(computeTotals({ lines, currency: eur, country: 'FI' }).taxMinor).toBe(973);
  });

  it('contain no tax on exports', () => {
    expect(computeTotals({ lines, currency: eur, country: 'US' })).toMatchObject({
      taxMinor: 0,
      shippingMinor: 1_990,
    });
  });

  it('are those of the shop’s own country when none is named', () => {
    expect(computeTotals({ lines, currency: eur })).toEqual(
      computeTotals({ lines, currency: eur, country: 'DE' }),
    );
  });

  it('know currencies without minor units', () => {
    const jpy = currencySchema.parse('JPY');
    expect(computeTotals({ lines, currency: jpy, country: 'DE' }).shippingMinor).toBe(5);
  });

  it('stay exact at the largest amounts', () => {
    const huge = [{ unitPriceMinor: 100_000_000_000, quantity: 20 }];
    const { totalMinor, taxMinor } = computeTotals({ lines: huge, currency: eur, country: 'DE' });
    expect(totalMinor).toBe(2_000_000_000_490);
    expect(taxMinor).toBe(319_327_731_171);
  });
});
