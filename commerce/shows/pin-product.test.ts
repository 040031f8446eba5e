import { describe, expect, it } from 'vitest';
import { boundInstant } from './pin-product.ts';

describe('the instant that a host meant', () => {
  const now = 1_000_000;
  it('is now when none was named', () => expect(boundInstant(undefined, now)).toBe(now));
  it('is kept when it lies in the last five seconds', () =>
    expect(boundInstant(now - 4_000, now)).toBe(now - 4_000));
  it('is never older than five seconds', () => expect(boundInstant(0, now)).toBe(now - 5_000));
  it('is never in the future', () => expect(boundInstant(now + 1, now)).toBe(now));
});
