import type { ProductCard } from '@souk/protocol/catalog';
import type { ShowCard } from '@souk/protocol/http/shows';
import type { ShowId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { createReadProductCards } from '../catalog/product-repository.ts';
import type { Executor } from '../db/database.ts';
import { createTurnBatch, type LoadOne } from '../db/turn-batch.ts';
import { createShortCache } from '../inventory/short-cache.ts';
import { createReadRecordingFacts, type RecordingFacts } from '../recordings/recording-repository.ts';
import { findExpiryCut, type Retention } from '../recordings/retention.ts';
import {
  createFindLiveShows,
  createReadLineups,
  createReadShowCards,
  findReplayableShows,
} from './show-repository.ts';

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

/** Fewer than a list of shows holds at most. */
const PAGES_AT_ONCE = 50;

export function createShowPages({
  orm,
  retention,
  clock,
}: {
  orm: Executor;
  retention: Retention;
  clock: Clock;
}): ShowPages {
  const findPage = createFindPage(orm);
  const findLiveShows = createFindLiveShows(orm);
  const pages = createShortCache({
    async load(showId: ShowId) {
      const page = await findPage(showId);
      if (page === undefined) throw new AppError('SHOW_NOT_FOUND');
      return page;
    },
    ttlMs: TTL_MS,
    maxKeys: MAX_SHOWS,
    clock,
  });
  const lists = createShortCache({
    load: (scope: ShowListScope) =>
      scope === 'live' ? findLiveShows() : findReplayableShows(orm, findExpiryCut(retention, clock.now())),
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

/** A handful of statements for all who ask in the same turn. */
function createFindPage(orm: Executor): LoadOne<ShowId, ShowPage> {
  const readShows = createReadShowCards(orm);
  const readLineups = createReadLineups(orm);
  const readFacts = createReadRecordingFacts(orm);
  const readProducts = createReadProductCards(orm);
  const load = async (showIds: readonly ShowId[]): Promise<ReadonlyMap<ShowId, ShowPage>> => {
    const [shows, lineups, factsOf] = await Promise.all([
      readShows(showIds),
      readLineups(showIds),
      readFacts(showIds),
    ]);
    const products = await readProducts([...new Set([...lineups.values()].flat())]);
    const byId = new Map(products.map((product) => [product.id, product]));
    const pages = shows.flatMap((show): [ShowId, ShowPage][] => {
      const facts = factsOf.get(show.id);
      const lineup = (lineups.get(show.id) ?? []).flatMap((id) => byId.get(id) ?? []);
      return facts === undefined ? [] : [[show.id, { show, lineup, facts }]];
    });
    return new Map(pages);
  };
  return createTurnBatch(load, { most: PAGES_AT_ONCE });
}
