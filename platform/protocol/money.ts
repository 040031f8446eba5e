import { z } from 'zod';

/** ISO 4217 code that this runtime knows (three capital letters). */
export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .brand<'Currency'>();
export type Currency = z.infer<typeof currencySchema>;

/** Largest amount of one price or total, in minor units: keeps every product of price and quantity a safe integer. */
export const MAX_AMOUNT_MINOR = 100_000_000_000;

export const amountMinorSchema = z.int().min(0).max(MAX_AMOUNT_MINOR);
export const priceMinorSchema = z.int().min(1).max(MAX_AMOUNT_MINOR);

export const moneySchema = z.strictObject({ amountMinor: amountMinorSchema, currency: currencySchema });
/** Money in integer minor units; the currency decides how many of them make one major unit. */
export type Money = z.infer<typeof moneySchema>;

/** Decimal digits of a currency's minor unit: 2 for EUR, 0 for JPY and KRW, 3 for KWD. */
export function minorUnitDigits(currency: Currency): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** Adds amounts of one currency. Throws RangeError when the currencies differ. */
export function addMoney(first: Money, ...rest: Money[]): Money {
  return rest.reduce((sum, money) => {
    if (money.currency !== sum.currency)
      throw new RangeError(`cannot add ${money.currency} to ${sum.currency}`);
    return { amountMinor: sum.amountMinor + money.amountMinor, currency: sum.currency };
  }, first);
}

/** The price of `quantity` pieces at `unit` each. */
export function multiplyMoney(unit: Money, quantity: number): Money {
  return { amountMinor: unit.amountMinor * quantity, currency: unit.currency };
}

/** Money as a person of that locale writes it, for example `€39.00`. */
export function formatMoney(money: Money, locale: string): string {
  const digits = minorUnitDigits(money.currency);
  return new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency }).format(
    money.amountMinor / 10 ** digits,
  );
}
