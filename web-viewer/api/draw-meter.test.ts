import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDrawMeter } from './draw-meter.ts';

describe('the time that drawing takes', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function draw(takesMs: number, times: number): number {
    const clock = { now: 0 };
    const meter = createDrawMeter(() => clock.now);
    for (let turn = 0; turn < times; turn += 1) {
      meter.note();
      clock.now += takesMs;
      vi.runAllTimers();
    }
    return meter.lagMs();
  }

  it('is what it took lately', () => {
    expect(draw(30, 30)).toBeCloseTo(30, 0);
    expect(draw(2, 30)).toBeCloseTo(2, 0);
  });

  it('moves little when the page hangs once, and never far', () => {
    expect(draw(4_000, 1)).toBeLessThan(25);
    expect(draw(4_000, 50)).toBeLessThanOrEqual(60);
  });
});
