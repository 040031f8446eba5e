import { describe, expect, it } from 'vitest';
import { createKeyedBuckets, createTokenBucket } from './token-bucket.ts';

const rate = { burst: 2, perSecond: 4 };

function createHandClock(start = 1_000) {
  let nowMs = start;
  return {
    now: () => nowMs,
    advance: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('createKeyedBuckets', () => {
  it('takes several tokens at once, and lets a full bucket pay for more than it can hold', () => {
    const clock = createHandClock();
    const buckets = createKeyedBuckets({ rate: { burst: 10, perSecond: 1 }, clock });
    expect(buckets.take('a', 8)).toEqual({ ok: true });
    expect(buckets.take('a', 5)).toEqual({ ok: false, retryAfterMs: 3_000 });
    expect(buckets.take('b', 200)).toEqual({ ok: true });
    expect(buckets.take('b')).toMatchObject({ ok: false });
  });
});

describe('createTokenBucket', () => {
  it('lets a burst pass and then says when to come back', () => {
    const bucket = createTokenBucket(rate, createHandClock());
    expect([bucket.take().ok, bucket.take().ok]).toEqual([true, true]);
    expect(bucket.take()).toEqual({ ok: false, retryAfterMs: 250 });
  });

  it('refills with time, up to the burst', () => {
    const clock = createHandClock();
    const bucket = createTokenBucket(rate, clock);
    bucket.take();
    bucket.take();
    clock.advance(60_000);
    expect([bucket.take().ok, bucket.take().ok, bucket.take().ok]).toEqual([true, true, false]);
  });

  it('stands still when the clock goes back', () => {
    const clock = createHandClock();
    const bucket = createTokenBucket(rate, clock);
    bucket.take();
    bucket.take();
    clock.advance(-5_000);
    expect(bucket.take().ok).toBe(false);
  });
});

describe('createKeyedBuckets', () => {
  it('keeps keys apart', () => {
    const buckets = createKeyedBuckets({ rate: { burst: 1, perSecond: 1 }, clock: createHandClock() });
    expect([buckets.take('a').ok, buckets.take('b').ok, buckets.take('a').ok]).toEqual([true, true, false]);
  });

  it('forgets the key that was unused for longest when it is full', () => {
    const buckets = createKeyedBuckets({
      rate: { burst: 1, perSecond: 1 },
      clock: createHandClock(),
      maxKeys: 2,
    });
    for (const key of ['a', 'b', 'c']) buckets.take(key);
    expect([buckets.take('c').ok, buckets.take('a').ok]).toEqual([false, true]);
  });
});
