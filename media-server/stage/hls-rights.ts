import type { ShowId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { ShowFollower } from './show-follower.ts';

/** Who of a show may have its files: a ticket is good for minutes, and somebody may have to leave at once. */
export interface HlsRights {
  /** Lets a person who was sent out come back. */
  renew(showId: ShowId, userId: string): void;
  /** Hears from now on who has to leave that show. Throws AppError UNAVAILABLE. */
  follow(showId: ShowId): Promise<void>;
  /** Throws AppError BANNED, and FORBIDDEN for who was sent out and has not asked anew. The crew may always. */
  assertMayRead(viewer: {
    readonly showId: ShowId;
    readonly userId: string;
    readonly can: 'publish' | 'watch';
  }): void;
}

export interface HlsRightsDeps {
  readonly shows: Pick<ShowFollower, 'getState' | 'onSentOut' | 'onEnded' | 'findBan'>;
  readonly clock: Clock;
}

/** Another process may have let a player in, so each playlist asks; an ended show is read once in this time. */
const ASK_AGAIN_MS = 5_000;
const MAX_ASKED = 1_000;

/** Learns from the timelines of the shows that are followed. */
export function createHlsRights({ shows, clock }: HlsRightsDeps): HlsRights {
  const askedAt = new Map<ShowId, number>();
  const sentOut = new Map<ShowId, Set<string>>();
  shows.onEnded((showId) => void sentOut.delete(showId));
  shows.onSentOut((showId, userId, reason) => {
    if (reason === 'disconnected') sentOut.set(showId, (sentOut.get(showId) ?? new Set()).add(userId));
  });
  return {
    async follow(showId) {
      const now = clock.now();
      if ((askedAt.get(showId) ?? Number.NEGATIVE_INFINITY) + ASK_AGAIN_MS > now) return;
      if (askedAt.size >= MAX_ASKED) askedAt.clear();
      askedAt.set(showId, now);
      await shows.getState(showId);
    },
    renew: (showId, userId) => void sentOut.get(showId)?.delete(userId),
    assertMayRead({ showId, userId, can }) {
      if (can === 'publish') return;
      if (shows.findBan(showId, userId)) throw new AppError('BANNED');
      if (sentOut.get(showId)?.has(userId)) throw new AppError('FORBIDDEN', { detail: 'sent out' });
    },
  };
}
