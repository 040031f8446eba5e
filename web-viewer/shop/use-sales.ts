import { runningSales } from '@souk/protocol/timeline/reducer';
import type { SaleState } from '@souk/protocol/timeline/state';
import { useFeed } from '../api/hub.ts';
import type { ShowFeed } from '../api/show-feed.ts';
import { useServerNow } from '../ui/use-server-now.ts';

/** The sales that run now, soonest to end first; drawn anew when one ends by the server's clock. */
export function useRunningSales(feed: ShowFeed): SaleState[] {
  // The sales alone: a component that takes the whole show is drawn anew with each message of the chat.
  const sales = useFeed(feed, (state) => state.show.sales);
  const anyOpen = Object.values(sales).some((sale) => sale.endReason === undefined);
  const now = useServerNow(500, anyOpen);
  return runningSales({ sales }, now);
}
