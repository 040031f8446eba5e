import { describe, expect, it } from 'vitest';
import { amountText, parseAmountMinor } from './parse-amount.ts';

describe('an amount that a host types', () => {
  it.each([
    ['39', 2, 3_900],
    ['39.9', 2, 3_990],
    ['39,95', 2, 3_995],
    ['0', 2, 0],
    ['-1', 2, -100],
    ['1200', 0, 1_200],
    ['1.234', 3, 1_234],
  ])('%s with %i digits is %i minor units', (text, digits, minor) => {
    expect(parseAmountMinor(text, digits)).toBe(minor);
  });

  it.each(['', 'abc', '1.2.3', '1e9', '12.345'])('%s is no amount', (text) => {
    expect(parseAmountMinor(text, 2)).toBeUndefined();
  });

  it('comes back as it would be typed', () => {
    expect(amountText(3_995, 2)).toBe('39.95');
    expect(amountText(1_200, 0)).toBe('1200');
  });
});
