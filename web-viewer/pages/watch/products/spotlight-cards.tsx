import type { ShowId } from '@souk/protocol/ids';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { spotlights } from '../../../shop/offer.ts';
import { useServerNow } from '../../../ui/use-server-now.ts';
import { BuyCard } from './buy-card.tsx';

/** The pinned product and whatever is on sale, each as one card. */
export function SpotlightCards({ feed, showId }: { feed: ShowFeed; showId: ShowId }) {
  const sales = useFeed(feed, (state) => state.show.sales);
  const lineup = useFeed(feed, (state) => state.show.lineup);
  const pinnedProductId = useFeed(feed, (state) => state.show.pinnedProductId);
  const hasEnded = useFeed(feed, (state) => state.show.status === 'ended');
  const anyOpen = Object.values(sales).some((sale) => sale.endReason === undefined);
  const now = useServerNow(500, anyOpen);
  if (hasEnded) return null;
  return spotlights({ lineup, pinnedProductId, sales }, now).map((spotlight, index) => (
    <BuyCard
      key={spotlight.product.id}
      feed={feed}
      showId={showId}
      spotlight={spotlight}
      compact={index > 0}
    />
  ));
}
