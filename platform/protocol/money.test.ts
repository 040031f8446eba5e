import { describe, expect, it } from 'vitest';
import { addMoney, currencySchema, formatMoney, minorUnitDigits, multiplyMoney } from './money.ts';

const of = (amountMinor: number, code: string) => ({ amountMinor, currency: currencySchema.parse(code) });

describe('money', () => {
  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['KWD', 3],
  ])('knows the minor unit of %s', (code, digits) => {
    expect(minorUnitDigits(currencySchema.parse(code))).toBe(digits);
  });

  it('is written with as many digits as the currency has', () => {
    expect(formatMoney(of(3_900, 'EUR'), 'en')).toBe('€39.00');
    expect(formatMoney(of(3_900, 'JPY'), 'en')).toBe('¥3,900');
    expect(formatMoney(of(3_900, 'KWD'), 'en').replace(/\s/u, ' ')).toBe('KWD 3.900');
  });

  it('adds and multiplies in one currency, and never across two', () => {
    expect(addMoney(of(100, 'EUR'), of(250, 'EUR'))).toEqual(of(350, 'EUR'));
    expect(multiplyMoney(of(1_999, 'EUR'), 3)).toEqual(of(5_997, 'EUR'));
    expect(() => addMoney(of(100, 'EUR'), of(100, 'USD'))).toThrow(RangeError);
  });
});
