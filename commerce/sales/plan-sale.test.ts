import { describe, expect, it } from 'vitest';
import { isDue } from './due.ts';
import { planSale } from './plan-sale.ts';

const now = 1_000_000_000;
const times = { seconds: 60, countdownSeconds: 0 };

describe('the plan of a sale', () => {
  it('starts at once without a countdown, at the instant that the host meant', () => {
    const meant = { announceAt: now - 800, startsAt: now - 800, endsAt: now + 59_200 };
    expect(planSale({ ...times, at: now - 800 }, now)).toEqual({ status: 'running', ...meant });
    expect(planSale({ ...times, at: now + 800 }, now)).toMatchObject({ startsAt: now });
    expect(planSale({ ...times, at: 0 }, now)).toMatchObject({ startsAt: now - 5_000 });
  });

  it('counts down from the instant that the host meant', () => {
    expect(planSale({ ...times, countdownSeconds: 10, at: now - 500 }, now)).toEqual({
      status: 'announced',
      announceAt: now - 500,
      startsAt: now + 9_500,
      endsAt: now + 69_500,
    });
    expect(planSale({ ...times, countdownSeconds: 1, at: now - 3_000 }, now).status).toBe('running');
  });

  it('is told to viewers when the countdown to its instant begins', () => {
    const startsAt = now + 60_000;
    expect(planSale({ ...times, countdownSeconds: 10, startsAt }, now)).toEqual({
      status: 'scheduled',
      announceAt: now + 50_000,
      startsAt,
      endsAt: now + 120_000,
    });
    expect(planSale({ ...times, countdownSeconds: 90, startsAt }, now)).toMatchObject({
      status: 'announced',
      announceAt: now,
    });
    expect(planSale({ ...times, startsAt }, now)).toMatchObject({ announceAt: startsAt });
  });

  it('is not in the past, and not more than 30 days ahead', () => {
    const days = (count: number) => ({ ...times, startsAt: now + count * 86_400_000 });
    expect(() => planSale({ ...times, startsAt: now }, now)).toThrow();
    expect(() => planSale(days(30.01), now)).toThrow();
    expect(planSale(days(30), now).status).toBe('scheduled');
  });
});

describe('an instant', () => {
  it('is due, was put off, or is a moment away because clocks differ', () => {
    expect(isDue(now, now)).toBe(true);
    expect(isDue(now + 2_001, now)).toBe(false);
    expect(() => isDue(now + 2_000, now)).toThrow();
  });
});
