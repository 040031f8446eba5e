import type { CheckedStreamKey } from '@souk/protocol/http/internal';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { createKeyedBuckets, type Rate } from '@souk/runtime/token-bucket';
import { and, eq, isNull, lt, or } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { streamKeys } from '../db/schema/broadcast.ts';
import { shows } from '../db/schema/shows.ts';
import { hashStreamKey } from './stream-key-secret.ts';

/** `address`: of whoever showed the secret. */
export type CheckStreamKey = (shown: {
  secret: string;
  address?: string | undefined;
}) => Promise<CheckedStreamKey>;

export interface CheckStreamKeyDeps {
  readonly orm: Executor;
  readonly clock: Clock;
  /** Multiplies the limit of guesses. */
  readonly rateFactor: number;
}

/** An encoder that has lost its connection may knock more than once a second for a while. */
const guessRate: Rate = { burst: 30, perSecond: 1 };
const USE_NOTED_EVERY_MS = 60_000;

/**
 * Finds whose stream key it is. The look-up is by the hash: it costs the same for every secret, and its time tells
 * nothing of the keys that there are. Throws AppError UNAUTHENTICATED, SHOW_ENDED, RATE_LIMITED.
 */
export function createCheckStreamKey({ orm, clock, rateFactor }: CheckStreamKeyDeps): CheckStreamKey {
  const { burst, perSecond } = guessRate;
  const rate = { burst: burst * rateFactor, perSecond: perSecond * rateFactor };
  const guesses = createKeyedBuckets({ rate, clock });
  return async ({ secret, address }) => {
    const take = address === undefined ? { ok: true as const } : guesses.take(address);
    if (!take.ok) throw new AppError('RATE_LIMITED', { retryAfterMs: take.retryAfterMs });
    const secretHash = hashStreamKey(secret);
    const [found] = await orm
      .select({ keyId: streamKeys.id, showId: shows.id, hostId: shows.hostId, status: shows.status })
      .from(streamKeys)
      .innerJoin(shows, eq(shows.id, streamKeys.showId))
      .where(eq(streamKeys.secretHash, secretHash));
    if (found === undefined) throw new AppError('UNAUTHENTICATED');
    const { status, ...checked } = found;
    if (status === 'ended') throw new AppError('SHOW_ENDED');
    await noteUse(orm, secretHash, clock.now());
    return checked;
  };
}

/** The studio shows when a key was last used; once a minute is exact enough. */
async function noteUse(orm: Executor, secretHash: string, now: number): Promise<void> {
  const isStale = or(isNull(streamKeys.lastUsedAt), lt(streamKeys.lastUsedAt, now - USE_NOTED_EVERY_MS));
  await orm
    .update(streamKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(streamKeys.secretHash, secretHash), isStale));
}
