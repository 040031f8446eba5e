import { type ShowId, showIdSchema } from '@souk/protocol/ids';
import type { Redis } from '@souk/runtime/redis';
import { OPEN_SHOWS_KEY, TIMELINES_KEY } from './keys.ts';

export interface ShowDirectory {
  add(showId: ShowId): Promise<void>;
  remove(showId: ShowId): Promise<void>;
  /** Every show that is in it, in no order. */
  list(): Promise<ShowId[]>;
}

/** Which shows are open, for whoever has to follow all of them. */
export function createShowDirectory({ redis }: { readonly redis: Redis }): ShowDirectory {
  return createDirectory(redis, OPEN_SHOWS_KEY);
}

/** Whose timelines lie in Redis, for whoever archives and removes them. */
export function createTimelineDirectory({ redis }: { readonly redis: Redis }): ShowDirectory {
  return createDirectory(redis, TIMELINES_KEY);
}

function createDirectory(redis: Redis, key: string): ShowDirectory {
  return {
    add: async (showId) => {
      await redis.sadd(key, showId);
    },
    remove: async (showId) => {
      await redis.srem(key, showId);
    },
    list: async () => (await redis.smembers(key)).map((id) => showIdSchema.parse(id)),
  };
}
