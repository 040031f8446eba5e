import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

const bounds = { firstMs: 300, longestMs: 5_000 };

describe('backoff', () => {
  it('doubles with each attempt up to the bound', () => {
    const waits = [0, 1, 2, 3, 10].map((attempt) => backoffMs(attempt, bounds, () => 1));
    expect(waits).toEqual([300, 600, 1_200, 2_400, 5_000]);
  });

  it('never waits less than half of its span', () => {
    expect(backoffMs(2, bounds, () => 0)).toBe(600);
  });
});
