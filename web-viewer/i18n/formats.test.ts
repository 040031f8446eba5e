import { describe, expect, it } from 'vitest';
import { formatCardNumber, formatCompactCount, formatRemaining } from './formats.ts';

describe('formatRemaining', () => {
  it.each([
    [0, '0:00'],
    [-5_000, '0:00'],
    [1, '0:01'],
    [1_000, '0:01'],
    [59_001, '1:00'],
    [61_000, '1:01'],
    [3_600_000, '1:00:00'],
    [3_725_000, '1:02:05'],
  ])('writes %d ms as %s', (remainingMs, text) => {
    expect(formatRemaining(remainingMs)).toBe(text);
  });
});

describe('formatCardNumber', () => {
  it('groups digits by four and drops the rest', () => {
    expect(formatCardNumber('4242-4242 4242x4242')).toBe('4242 4242 4242 4242');
  });

  it('stops at 19 digits', () => {
    expect(formatCardNumber('1'.repeat(30)).replaceAll(' ', '')).toHaveLength(19);
  });
});

it('writes large counts in few characters', () => {
  expect(formatCompactCount(1_234, 'en')).toBe('1.2K');
});
