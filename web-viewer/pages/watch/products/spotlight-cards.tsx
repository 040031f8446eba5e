import type { ShowId } from '@souk/protocol/ids';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { spotlights } from '../../../shop/offer.ts';
import { useServerNow } from '../../../ui/use-server-now.ts';
import { BuyCard } from './buy-card.tsx';

/** The pinned product and whatever is on sale, each as one card. */
export function SpotlightCards({ feed, showId }: { feed: ShowFeed; showId: ShowId }) {
  const show = useFeed(feed, (state) => state.show);
  const anyOpen = Object.values(show.sales).some((sale) => sale.endReason === undefined);
  const now = useServerNow(500, anyOpen);
  if (show.status === 'ended') return null;
  return spotlights(show, now).map((spotlight, index) => (
    <BuyCard
      key={spotlight.product.id}
      feed={feed}
      showId={showId}
      spotlight={spotlight}
      compact={index > 0}
    />
  ));
}
