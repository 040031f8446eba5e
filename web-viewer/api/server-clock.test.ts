import { expect, it } from 'vitest';
import { createServerClock } from './server-clock.ts';

function clockAt(own: { now: number }) {
  return createServerClock(() => own.now);
}

it('is the own clock until something was measured', () => {
  expect(clockAt({ now: 500 }).now()).toBe(500);
});

it('takes the middle of a round trip for the instant of the server stamp', () => {
  const clock = clockAt({ now: 1_100 });
  clock.observe({ sentAt: 1_000, receivedAt: 1_100, serverTime: 5_050 });
  expect(clock.now()).toBe(5_100);
});

it('prefers the quickest round trip', () => {
  const clock = clockAt({ now: 2_000 });
  clock.observe({ sentAt: 1_000, receivedAt: 1_010, serverTime: 2_005 });
  clock.observe({ sentAt: 1_100, receivedAt: 1_500, serverTime: 2_500 });
  expect(clock.now()).toBe(3_000);
});

it('lets an old measurement go', () => {
  const clock = clockAt({ now: 1_000_000 });
  clock.observe({ sentAt: 0, receivedAt: 10, serverTime: 5 });
  clock.observe({ sentAt: 999_800, receivedAt: 1_000_000, serverTime: 1_000_900 });
  expect(clock.now()).toBe(1_001_000);
});

it('uses one-way stamps only until a round trip was measured', () => {
  const clock = clockAt({ now: 1_000 });
  clock.hint(3_000, 1_000);
  expect(clock.now()).toBe(3_000);
  clock.observe({ sentAt: 900, receivedAt: 1_000, serverTime: 2_950 });
  clock.hint(9_000, 1_000);
  expect(clock.now()).toBe(3_000);
});
