import { type Currency, type Money, minorUnitDigits } from '@souk/protocol/money';

/** What money is worth in another currency. */
export interface CurrencyRates {
  /** The same worth in that currency, rounded to its minor unit. */
  convert(money: Money, to: Currency): Promise<Money>;
}

/** For a house whose price lists hold in every currency: one major unit is one major unit. */
export function createIdentityRates(): CurrencyRates {
  return {
    async convert(money, to) {
      const { amountMinor, currency } = money;
      if (currency === to) return money;
      const digits = minorUnitDigits(to) - minorUnitDigits(currency);
      return { amountMinor: Math.round(amountMinor * 10 ** digits), currency: to };
    },
  };
}
