import type { Totals } from '@souk/protocol/http/buying';
import type { Currency } from '@souk/protocol/money';
import { vatPercentOf } from './country-rates.ts';

export interface PricedLine {
  readonly unitPriceMinor: number;
  readonly quantity: number;
}

export interface TotalsInput {
  readonly lines: readonly PricedLine[];
  readonly currency: Currency;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly shippingMinor: number;
  /** At most what items and shipping cost. */
  readonly discountMinor: number;
  readonly dutiesMinor: number;
}

/** What the lines cost, without anything else. */
export function costOfLines(lines: readonly PricedLine[]): number {
  return lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
}

/**
 * What the lines cost in the end. Prices and shipping contain the taxes of the buyer's country, so `taxMinor` is a part
 * of the total, rounded to the minor unit; duties contain none. Throws RangeError for a discount of more than there is.
 */
export function computeTotals(input: TotalsInput): Totals {
  const { lines, currency, country, shippingMinor, discountMinor, dutiesMinor } = input;
  const itemsMinor = costOfLines(lines);
  const taxedMinor = itemsMinor + shippingMinor - discountMinor;
  if (taxedMinor < 0) throw new RangeError('a discount of more than items and shipping cost');
  return {
    itemsMinor,
    discountMinor,
    shippingMinor,
    dutiesMinor,
    taxMinor: containedTax(taxedMinor, vatPercentOf(country)),
    totalMinor: taxedMinor + dutiesMinor,
    currency,
  };
}

/** The tax contained in a gross amount. Computed in integers: percentages are handled in tenths. */
function containedTax(grossMinor: number, percent: number): number {
  const tenths = BigInt(Math.round(percent * 10));
  const divisor = 1_000n + tenths;
  return Number((BigInt(grossMinor) * tenths * 2n + divisor) / (divisor * 2n));
}
