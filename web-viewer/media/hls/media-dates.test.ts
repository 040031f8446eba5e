import { describe, expect, it } from 'vitest';
import { dateAt, placeOf } from './media-dates.ts';

/** Two seconds, a hole of a minute, two seconds. */
const pieces = [
  { startSeconds: 0, durationSeconds: 1, capturedAt: 1_000_000 },
  { startSeconds: 1, durationSeconds: 1, capturedAt: 1_001_000 },
  { startSeconds: 2, durationSeconds: 2, capturedAt: 1_062_000 },
];

describe('dates of a recording', () => {
  it('tell when a picture was captured, also after a hole', () => {
    expect(dateAt(pieces, 0.5)).toBe(1_000_500);
    expect(dateAt(pieces, 3)).toBe(1_063_000);
  });

  it('do not run past the end', () => {
    expect(dateAt(pieces, 99)).toBe(1_064_000);
    expect(placeOf(pieces, 9_999_999)).toBe(4);
  });

  it('find the place of an instant', () => {
    expect(placeOf(pieces, 1_001_250)).toBe(1.25);
    expect(placeOf(pieces, 1_063_500)).toBe(3.5);
  });

  it('put what happened in a hole where the picture goes on, and before the start at the start', () => {
    expect(placeOf(pieces, 1_030_000)).toBe(2);
    expect(placeOf(pieces, 0)).toBe(0);
  });

  it('know nothing of an empty list', () => {
    expect(dateAt([], 1)).toBeUndefined();
    expect(placeOf([], 1)).toBeUndefined();
  });
});
