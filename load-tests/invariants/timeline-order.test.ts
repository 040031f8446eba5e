import { describe, expect, it } from 'vitest';
import { findDisorder } from './timeline-order.ts';

describe('disorder of a timeline', () => {
  it('is not there while ids rise', () => {
    expect(findDisorder(['1-0', '1-1', '9-0', '10-0'])).toEqual([]);
  });

  it('is an id that falls back or stands twice', () => {
    expect(findDisorder(['1-0', '3-0', '2-5', '4-0', '4-0'])).toEqual(['2-5', '4-0']);
  });
});
