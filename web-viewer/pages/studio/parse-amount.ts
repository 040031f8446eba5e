/**
 * Reads an amount as people type it (`39`, `39.90`, `39,90`) into integer minor units.
 * `digits` is the number of decimal digits of the currency. Zero and less are numbers too: the server judges them.
 * Undefined when it is no amount, or finer than the currency.
 */
export function parseAmountMinor(text: string, digits: number): number | undefined {
  const match = /^(-?)(\d{1,12})(?:[.,](\d*))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = '', major = '', fraction = ''] = match;
  if (fraction.length > digits) return undefined;
  const minor = Number(`${major}${fraction.padEnd(digits, '0')}`);
  return sign === '-' ? -minor : minor;
}

/** The amount as it would be typed: `39.00` for 3900 with two digits. */
export function amountText(amountMinor: number, digits: number): string {
  return (amountMinor / 10 ** digits).toFixed(digits);
}
