import type { ProductCard } from '@souk/protocol/catalog';
import type { ShowCard } from '@souk/protocol/http/shows';
import type { ShowId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import { createReadProductCards } from '../catalog/product-repository.ts';
import type { Executor } from '../db/database.ts';
import { createShortCache } from '../inventory/short-cache.ts';
import { getRecordingFacts, type RecordingFacts } from '../recordings/recording-repository.ts';
import { findExpiryCut, type Retention } from '../recordings/retention.ts';
import { findLineup, findLiveShows, findReplayableShows, getShowCard } from './show-repository.ts';

/** What of a show is the same for everybody. */
export interface ShowPage {
  readonly show: ShowCard;
  readonly lineup: ProductCard[];
  /** Of its recording. */
  readonly facts: RecordingFacts;
}

export type ShowListScope = 'live' | 'replays';

/**
 * Shows as their audience asks for them, many at once: read once for all who ask in the same moment. What comes out may
 * be half a second old; whatever changes in a show is told by its timeline, which comes to a page by itself.
 */
export interface ShowPages {
  /** Throws AppError SHOW_NOT_FOUND. */
  get(showId: ShowId): Promise<ShowPage>;
  /** As it is now, and from now on for the others as well. Throws AppError SHOW_NOT_FOUND. */
  getFresh(showId: ShowId): Promise<ShowPage>;
  /** The shows on air, or those that can be watched again. */
  list(scope: ShowListScope): Promise<ShowCard[]>;
  /** After a change of this show: the next who asks gets it. */
  forget(showId: ShowId): void;
}

const TTL_MS = 500;
/** Each with its line-up: some ten kilobytes. */
const MAX_SHOWS = 500;

export function createShowPages({
  orm,
  retention,
  clock,
}: {
  orm: Executor;
  retention: Retention;
  clock: Clock;
}): ShowPages {
  const readCards = createReadProductCards(orm);
  const pages = createShortCache({
    async load(showId: ShowId) {
      const [show, productIds, facts] = await Promise.all([
        getShowCard(orm, showId),
        findLineup(orm, showId),
        getRecordingFacts(orm, showId),
      ]);
      return { show, lineup: await readCards(productIds), facts };
    },
    ttlMs: TTL_MS,
    maxKeys: MAX_SHOWS,
    clock,
  });
  const lists = createShortCache({
    load: (scope: ShowListScope) =>
      scope === 'live' ? findLiveShows(orm) : findReplayableShows(orm, findExpiryCut(retention, clock.now())),
    ttlMs: TTL_MS,
    clock,
  });
  return {
    get: pages.get,
    getFresh(showId) {
      pages.forget(showId);
      return pages.get(showId);
    },
    list: lists.get,
    forget(showId) {
      pages.forget(showId);
      lists.forget('live');
      lists.forget('replays');
    },
  };
}
