import type { ShowId } from '@souk/protocol/ids';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { spotlights } from '../../../shop/offer.ts';
import { useOpenSales } from '../../../shop/use-sales.ts';
import { BuyCard } from './buy-card.tsx';
import { OfferedUnits } from './offered-unit.tsx';

/** What is offered to this person, and the pinned product and whatever is on sale, each as a card. */
export function SpotlightCards({ feed, showId }: { feed: ShowFeed; showId: ShowId }) {
  const sales = useOpenSales(feed);
  const lineup = useFeed(feed, (state) => state.show.lineup);
  const pinnedProductId = useFeed(feed, (state) => state.show.pinnedProductId);
  const hasEnded = useFeed(feed, (state) => state.show.status === 'ended');
  if (hasEnded) return null;
  return (
    <>
      <OfferedUnits feed={feed} showId={showId} />
      {spotlights({ lineup, pinnedProductId }, sales).map((spotlight, index) => (
        <BuyCard
          key={spotlight.product.id}
          feed={feed}
          showId={showId}
          spotlight={spotlight}
          compact={index > 0}
        />
      ))}
    </>
  );
}
