/** The amount as a decimal number with that many digits behind the point: `12.90`. */
export function writeAmount(amountMinor: number, digits: number): string {
  if (digits === 0) return String(amountMinor);
  const text = String(amountMinor).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The amount in minor units; undefined for what is no plain decimal number with at most that many digits behind the point or comma. */
export function parseAmount(text: string, digits: number): number | undefined {
  const match = /^(\d{1,12})(?:[.,](\d*))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = ''] = match;
  if (fraction.length > digits) return undefined;
  const amount = Number(whole + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(amount) ? amount : undefined;
}
