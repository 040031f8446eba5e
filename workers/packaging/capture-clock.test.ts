import { describe, expect, it } from 'vitest';
import { createCaptureClock } from './capture-clock.ts';

const start = 1_800_000_000_000;

describe('the capture clock', () => {
  it('knows nothing before the first packet', () => {
    const clock = createCaptureClock(90_000);
    expect([clock.captureMs(0), clock.arrivalMs(0), clock.knowsCapture]).toEqual([
      undefined,
      undefined,
      false,
    ]);
  });

  it('takes what packets say, and smooths what jitters', () => {
    const clock = createCaptureClock(90_000);
    clock.noteArrival(0, start + 40);
    clock.noteCapture(0, start, start + 40);
    expect(clock.delayMs).toBe(40);
    clock.noteCapture(90_000, start + 1_010, start + 1_060);
    expect(clock.captureMs(90_000)).toBeCloseTo(start + 1_001, 5);
  });

  it('begins anew when the publisher sets its clock', () => {
    const clock = createCaptureClock(48_000);
    clock.noteCapture(0, start, start + 40);
    clock.noteCapture(48_000, start + 61_000, start + 1_040);
    clock.noteCapture(96_000, start + 62_000, start + 2_040);
    expect(clock.captureMs(48_000)).toBeCloseTo(start + 61_000, 5);
  });

  it('tells the same delay after samples were lost', () => {
    const clock = createCaptureClock(48_000);
    const note = (second: number, lostMs: number): void => {
      const ticks = second * 48_000;
      const at = start + second * 1_000 + lostMs;
      clock.noteArrival(ticks, at + 40);
      clock.noteCapture(ticks, at, at + 40);
    };
    for (let second = 0; second < 5; second += 1) note(second, 0);
    for (let second = 5; second < 10; second += 1) note(second, 2_000);
    expect(clock.delayMs).toBeCloseTo(40, 0);
  });

  it('believes no packet that alone says something else', () => {
    const clock = createCaptureClock(48_000);
    for (let second = 0; second < 10; second += 1) {
      const mistakeMs = second % 3 === 1 ? 7_000 : 0;
      clock.noteCapture(second * 48_000, start + second * 1_000 - mistakeMs, start + second * 1_000 + 40);
      expect(clock.captureMs(0)).toBeCloseTo(start, 5);
    }
  });

  it('goes by the packet that was delayed least, where none tells its capture', () => {
    const clock = createCaptureClock(48_000);
    for (const [second, delayMs] of [80, 20, 300, 60].entries())
      clock.noteArrival(second * 48_000, start + second * 1_000 + delayMs);
    expect(clock.arrivalMs(0)).toBeGreaterThanOrEqual(start + 20);
    expect(clock.arrivalMs(0)).toBeLessThan(start + 21);
  });

  it('follows a crystal that is too slow', () => {
    const clock = createCaptureClock(48_000);
    const drift = 1.0001;
    for (let second = 0; second <= 600; second += 1)
      clock.noteArrival(second * 48_000, start + second * 1_000 * drift);
    expect(clock.arrivalMs(600 * 48_000)).toBeCloseTo(start + 600_060, 0);
  });
});
