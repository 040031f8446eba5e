import type { ShowId } from '@souk/protocol/ids';
import { createStore, type StoreApi } from 'zustand';
import type { HubClient } from '../../../api/hub-client.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { createMessageLog, type MessageLog } from '../../staff/messages/message-log.ts';

/** A show that the console follows, whether it is in sight or not. */
export interface FollowedShow {
  readonly showId: ShowId;
  readonly feed: ShowFeed;
  readonly log: MessageLog;
  stop(): void;
}

export interface FollowedShows {
  readonly store: StoreApi<{
    readonly shows: ReadonlyMap<ShowId, FollowedShow>;
    /** Messages of each show that had been there when it was in sight last. */
    readonly seen: Readonly<Record<string, number>>;
  }>;
  /** Follows these and no others. */
  follow(showIds: readonly ShowId[]): void;
  markSeen(showId: ShowId): void;
}

/** Follows several shows at once, and keeps their messages. */
export function createFollowedShows(hub: Pick<HubClient, 'follow'>): FollowedShows {
  const store: FollowedShows['store'] = createStore(() => ({ shows: new Map(), seen: {} }));

  function begin(showId: ShowId): FollowedShow {
    const { feed, stop } = hub.follow(showId);
    const log = createMessageLog(feed);
    const close = log.open();
    return {
      showId,
      feed,
      log,
      stop() {
        close();
        stop();
      },
    };
  }

  return {
    store,
    follow(showIds) {
      const { shows } = store.getState();
      const wanted = new Set(showIds);
      if (shows.size === wanted.size && [...wanted].every((showId) => shows.has(showId))) return;
      for (const [showId, show] of shows) if (!wanted.has(showId)) show.stop();
      const next = [...wanted].map((showId) => [showId, shows.get(showId) ?? begin(showId)] as const);
      store.setState({ shows: new Map(next) });
    },
    markSeen(showId) {
      const { shows, seen } = store.getState();
      const total = shows.get(showId)?.log.store.getState().total ?? 0;
      if (seen[showId] !== total) store.setState({ seen: { ...seen, [showId]: total } });
    },
  };
}
