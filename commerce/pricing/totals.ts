import type { Totals } from '@souk/protocol/http/buying';
import { type Currency, minorUnitDigits } from '@souk/protocol/money';
import { shippingMajorOf, vatPercentOf } from './country-rates.ts';

export interface PricedLine {
  readonly unitPriceMinor: number;
  readonly quantity: number;
}

export interface TotalsInput {
  readonly lines: readonly PricedLine[];
  readonly currency: Currency;
  /** ISO 3166-1 alpha-2; the shop's own country when the buyer has not named one. */
  readonly country?: string | undefined;
}

/** Shops of this house ship from here. */
export const SHOP_COUNTRY = 'DE';

/**
 * What the lines cost in that country. Prices and shipping contain the taxes, so `taxMinor` is a part of the total,
 * rounded to the minor unit. Duties of other countries are not in it.
 */
export function computeTotals({ lines, currency, country = SHOP_COUNTRY }: TotalsInput): Totals {
  const itemsMinor = lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
  const shippingMinor = Math.round(shippingMajorOf(country) * 10 ** minorUnitDigits(currency));
  const totalMinor = itemsMinor + shippingMinor;
  return {
    itemsMinor,
    shippingMinor,
    taxMinor: containedTax(totalMinor, vatPercentOf(country)),
    totalMinor,
    currency,
  };
}

/** The tax contained in a gross amount. Computed in integers: percentages are handled in tenths. */
function containedTax(grossMinor: number, percent: number): number {
  const tenths = BigInt(Math.round(percent * 10));
  const divisor = 1_000n + tenths;
  return Number((BigInt(grossMinor) * tenths * 2n + divisor) / (divisor * 2n));
}
