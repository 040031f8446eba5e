import { runningSales } from '@souk/protocol/timeline/reducer';
import type { SaleState } from '@souk/protocol/timeline/state';
import { useFeed } from '../api/hub.ts';
import type { ShowFeed } from '../api/show-feed.ts';
import { useServerNow } from '../ui/use-server-now.ts';

/** The sales that run now, soonest to end first; drawn anew when one ends by the server's clock. */
export function useRunningSales(feed: ShowFeed): SaleState[] {
  const show = useFeed(feed, (state) => state.show);
  const anyOpen = Object.values(show.sales).some((sale) => sale.endReason === undefined);
  const now = useServerNow(500, anyOpen);
  return runningSales(show, now);
}
