import type { Clock } from './clock.ts';

export interface Rate {
  /** Tokens of a full bucket. */
  readonly burst: number;
  /** Tokens that come back each second. */
  readonly perSecond: number;
}

export type Take = { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number };

interface Bucket {
  tokens: number;
  at: number;
}

export interface KeyedBuckets {
  /** Takes a token, or `cost` of them, of that key's bucket, or says when there will be enough. A full bucket pays for anything. */
  take(key: string, cost?: number): Take;
}

/**
 * Token buckets by key (a person, an address). At most `maxKeys` are remembered: the one unused for longest is forgotten,
 * and starts full when it comes back.
 */
export function createKeyedBuckets(options: { rate: Rate; clock: Clock; maxKeys?: number }): KeyedBuckets {
  const { rate, clock, maxKeys = 50_000 } = options;
  const buckets = new Map<string, Bucket>();
  return {
    take(key, cost = 1) {
      const now = clock.now();
      const bucket = refill(buckets.get(key), rate, now);
      // Deleted and set again, so that the map's order is the order of last use.
      buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > maxKeys) forgetOldest(buckets);
      return takeFrom(bucket, rate, Math.min(cost, rate.burst));
    },
  };
}

function refill(bucket: Bucket | undefined, rate: Rate, now: number): Bucket {
  if (bucket === undefined) return { tokens: rate.burst, at: now };
  const elapsedSeconds = Math.max(0, now - bucket.at) / 1_000;
  return { tokens: Math.min(rate.burst, bucket.tokens + elapsedSeconds * rate.perSecond), at: now };
}

function takeFrom(bucket: Bucket, rate: Rate, cost = 1): Take {
  if (bucket.tokens >= cost) {
    bucket.tokens -= cost;
    return { ok: true };
  }
  return { ok: false, retryAfterMs: Math.ceil(((cost - bucket.tokens) / rate.perSecond) * 1_000) };
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  const oldest = buckets.keys().next();
  if (!oldest.done) buckets.delete(oldest.value);
}

export interface TokenBucket {
  take(): Take;
}

/** One bucket, for one connection. */
export function createTokenBucket(rate: Rate, clock: Clock): TokenBucket {
  let bucket: Bucket | undefined;
  return {
    take() {
      bucket = refill(bucket, rate, clock.now());
      return takeFrom(bucket, rate);
    },
  };
}
