import type { ShowCard } from '@souk/protocol/http/shows';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { type DraftLineup, useDraftLineup } from './use-draft-lineup.ts';
import { type DraftTitle, useDraftTitle } from './use-draft-title.ts';

export interface Draft {
  readonly title: DraftTitle;
  readonly lineup: DraftLineup;
  /** Settles when the title and the line-up are on the server as they stand here. Rejects with ApiError. */
  settle(): Promise<void>;
}

/** What a host prepares before the show. */
export function useDraft(feed: ShowFeed, show: ShowCard): Draft {
  const title = useDraftTitle(
    show.id,
    useFeed(feed, (state) => state.show.facts?.title ?? show.title),
  );
  const lineup = useDraftLineup(
    show.id,
    useFeed(feed, (state) => state.show.lineup),
  );
  const settle = async (): Promise<void> => {
    await Promise.all([title.settle(), lineup.settled()]);
  };
  return { title, lineup, settle };
}
