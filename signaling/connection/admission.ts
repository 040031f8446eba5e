import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { createTokenBucket } from '@souk/runtime/token-bucket';

export interface Admission {
  /** Lets one client in. Throws AppError OVERLOADED, which says when to try again. */
  assertAdmits(): void;
}

export interface AdmissionOptions {
  readonly perSecond: number;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random?: () => number;
}

/** Spread of the advised times beyond the place in line. */
const JITTER_MS = 500;

/**
 * A bounded rate for all clients together. Who is refused is given a place in a line: the advised times follow each
 * other at the same rate, with some jitter, so that a storm comes back spread out and not as a second storm.
 */
export function createAdmission({ perSecond, clock, random = Math.random }: AdmissionOptions): Admission {
  const bucket = createTokenBucket({ burst: perSecond, perSecond }, clock);
  let promisedUntil = 0;
  return {
    assertAdmits() {
      const taken = bucket.take();
      if (taken.ok) return;
      const now = clock.now();
      promisedUntil = Math.max(promisedUntil, now + taken.retryAfterMs) + 1_000 / perSecond;
      const retryAfterMs = Math.ceil(promisedUntil - now + random() * JITTER_MS);
      throw new AppError('OVERLOADED', { retryAfterMs });
    },
  };
}
