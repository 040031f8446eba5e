import type { Clock } from '@souk/runtime/clock';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis, type Redis } from '@souk/runtime/redis';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createPaymentPacer, type PaymentPacer, SCHEDULE_AHEAD_MS } from './payment-pacer.ts';

const clocks = { here: 1_800_000_000_000, there: 1_800_000_000_000 };
const here: Clock = { now: () => clocks.here };
const there: Clock = { now: () => clocks.there };

describe('the pacer', () => {
  let redis: Redis;
  let pacer: PaymentPacer;
  let other: PaymentPacer;
  beforeAll(async () => {
    const { url } = await createTestRedis(inject('redisUrl'));
    redis = createRedis({ url, name: 'pacer-test', logger: createLogger({ name: 'test', level: 'silent' }) });
  });
  beforeEach(async () => {
    await redis.flushdb();
    clocks.here = clocks.there = 1_800_000_000_000;
    const shared = { redis, gateway: 'stripe', perSecond: 20 };
    pacer = createPaymentPacer({ ...shared, clock: here });
    other = createPaymentPacer({ ...shared, clock: there });
  });
  afterAll(() => closeRedis(redis));

  /** How long the next slot is away. */
  const reserve = async (from: PaymentPacer, options?: { notBeforeMs: number }): Promise<number> =>
    (await from.reserve(options)) - (from === pacer ? clocks.here : clocks.there);
  const advance = (ms: number): void => {
    clocks.here += ms;
    clocks.there += ms;
  };
  const wait = (waiting: Promise<unknown>): Promise<unknown> =>
    waiting.then(
      () => 0,
      (error: { retryAfterMs?: number }) => error.retryAfterMs,
    );

  it('gives slots away one interval apart, to all nodes together', async () => {
    expect(await reserve(pacer)).toBe(0);
    expect(await reserve(other)).toBe(50);
    expect(await reserve(pacer)).toBe(100);
    advance(120);
    expect(await reserve(other)).toBe(30);
    advance(10_000);
    expect(await reserve(pacer)).toBe(0);
  });

  it('keeps the limit also for nodes whose clocks are wrong', async () => {
    clocks.there += 5_000;
    expect(await reserve(other)).toBe(0);
    expect(await reserve(pacer)).toBe(5_050);
    expect(await reserve(other)).toBe(100);
  });

  it('promises slots only so far ahead, and none before it is asked for', async () => {
    expect(await reserve(pacer, { notBeforeMs: SCHEDULE_AHEAD_MS })).toBe(SCHEDULE_AHEAD_MS);
    expect(await reserve(pacer)).toBe(SCHEDULE_AHEAD_MS);
    advance(60_000);
    expect(await reserve(pacer)).toBe(SCHEDULE_AHEAD_MS - 60_000 + 50);
  });

  it('lets requests out at a bounded rate, and payments first', async () => {
    const outcomes = [];
    for (let count = 0; count < 4; count += 1) outcomes.push(await wait(pacer.pass('payment', 0)));
    expect(outcomes.filter((waitMs) => waitMs === 0)).toHaveLength(2);
    expect(outcomes.at(-1)).toBeCloseTo(7, 0);
    advance(50);
    // Payments still have room; upkeep waits until nothing is due.
    expect(await wait(other.pass('upkeep', 0))).toBeGreaterThan(0);
    expect(await wait(other.pass('payment', 0))).toBe(0);
    advance(1_000);
    expect(await wait(other.pass('upkeep', 0))).toBe(0);
  });

  it('stays under the limit of the service in every second, whatever comes', async () => {
    const sent: number[] = [];
    for (let at = 0; at < 3_000; at += 5) {
      for (let asked = 0; asked < 3; asked += 1)
        if ((await wait((asked === 0 ? pacer : other).pass('payment', 0))) === 0) sent.push(at);
      advance(5);
    }
    const inSecondFrom = (start: number): number =>
      sent.filter((at) => at >= start && at < start + 1_000).length;
    expect(Math.max(...sent.map(inSecondFrom))).toBeLessThanOrEqual(25);
    expect(sent.length).toBeGreaterThanOrEqual(60);
  });

  it('pauses on all nodes when the service asks for it', async () => {
    await pacer.backOff(1_000);
    expect(await wait(other.pass('payment', 0))).toBeGreaterThan(900);
    expect(await reserve(other)).toBe(1_000);
    advance(1_000);
    expect(await wait(pacer.pass('payment', 0))).toBe(0);
  });
});
