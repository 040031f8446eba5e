import { type ShowId, showIdSchema } from '@souk/protocol/ids';
import type { Redis } from '@souk/runtime/redis';
import { OPEN_SHOWS_KEY } from './keys.ts';

export interface ShowDirectory {
  add(showId: ShowId): Promise<void>;
  remove(showId: ShowId): Promise<void>;
  /** Every open show, in no order. */
  list(): Promise<ShowId[]>;
}

/** Which shows are open, for whoever has to follow all of them. */
export function createShowDirectory({ redis }: { readonly redis: Redis }): ShowDirectory {
  return {
    add: async (showId) => {
      await redis.sadd(OPEN_SHOWS_KEY, showId);
    },
    remove: async (showId) => {
      await redis.srem(OPEN_SHOWS_KEY, showId);
    },
    list: async () => (await redis.smembers(OPEN_SHOWS_KEY)).map((id) => showIdSchema.parse(id)),
  };
}
