import type { Totals } from '@souk/protocol/http/buying';
import type { Currency } from '@souk/protocol/money';
import { parcelPriceOf } from './country-rates.ts';
import type { CurrencyRates } from './currency-rates.ts';
import type { DutyTable } from './duty-table.ts';
import { computeTotals, costOfLines, type PricedLine } from './totals.ts';

export interface Cart {
  readonly lines: readonly PricedLine[];
  readonly currency: Currency;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** What is taken off, given what the shipping costs; minor units. */
  readonly discountOf?: ((shippingMinor: number) => number) | undefined;
}

export type PriceCart = (cart: Cart) => Promise<Totals>;

/** Prices a cart: shipping by the price list, duties by the table, and what a discount takes off. */
export function createPriceCart(deps: {
  readonly duties: DutyTable;
  readonly rates: CurrencyRates;
}): PriceCart {
  return async ({ lines, currency, country, discountOf = () => 0 }) => {
    const { amountMinor: shippingMinor } = await deps.rates.convert(parcelPriceOf(country), currency);
    const itemsMinor = costOfLines(lines);
    const discountMinor = discountOf(shippingMinor);
    // Duties are taken on what the goods were sold for: a discount of the shipping alone does not count.
    const valueMinor = itemsMinor - discountOf(0);
    const dutiesMinor = await deps.duties.dutiesOf({ country, currency, valueMinor });
    return computeTotals({ lines, currency, country, shippingMinor, discountMinor, dutiesMinor });
  };
}
