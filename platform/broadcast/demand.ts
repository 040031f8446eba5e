import type { ShowId } from '@souk/protocol/ids';
import type { Redis } from '@souk/runtime/redis';
import { broadcastKeys } from './keys.ts';

/** How long one request keeps the demand for a show up. Players ask for their playlist each second. */
const DEMAND_MS = 15_000;

/** Whether somebody wants to watch a show by HLS. Rejects when Redis is out of reach. */
export interface HlsDemand {
  /** Says that somebody does, for the next seconds. */
  note(showId: ShowId): Promise<void>;
  /** Those of the shows that somebody watches. */
  among(showIds: readonly ShowId[]): Promise<ReadonlySet<ShowId>>;
}

/** The demand for HLS, kept in Redis: written where playlists are served, read by packagers. */
export function createHlsDemand({ redis }: { readonly redis: Redis }): HlsDemand {
  return {
    note: async (showId) => {
      await redis.set(broadcastKeys.demand(showId), '1', 'PX', DEMAND_MS);
    },
    among: async (showIds) => {
      const found = await Promise.all(showIds.map((showId) => redis.exists(broadcastKeys.demand(showId))));
      return new Set(showIds.filter((_, index) => found[index] === 1));
    },
  };
}
