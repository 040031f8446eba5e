import type { ShowId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';

/** A player asks for its playlist each second; one that has not for this long is gone. */
const GONE_MS = 10_000;

/** Who watches which show by HLS, as far as its playlists are asked for here. */
export interface HlsAudience {
  /** Says that this viewer of a show has asked for a playlist. */
  note(showId: ShowId, viewerId: string): void;
  count(showId: ShowId): number;
}

export function createHlsAudience({ clock }: { readonly clock: Clock }): HlsAudience {
  const shows = new Map<ShowId, Map<string, number>>();
  const forgetGone = (showId: ShowId, viewers: Map<string, number>): void => {
    const before = clock.now() - GONE_MS;
    for (const [viewerId, at] of viewers) {
      // Kept in the order in which they were last seen.
      if (at > before) break;
      viewers.delete(viewerId);
    }
    if (viewers.size === 0) shows.delete(showId);
  };
  return {
    note(showId, viewerId) {
      const viewers = shows.get(showId) ?? new Map<string, number>();
      viewers.delete(viewerId);
      viewers.set(viewerId, clock.now());
      shows.set(showId, viewers);
      forgetGone(showId, viewers);
    },
    count(showId) {
      const viewers = shows.get(showId);
      if (viewers === undefined) return 0;
      forgetGone(showId, viewers);
      return viewers.size;
    },
  };
}
