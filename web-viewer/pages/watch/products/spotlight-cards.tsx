import type { ShowId } from '@souk/protocol/ids';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { spotlights } from '../../../shop/offer.ts';
import { useOpenSales } from '../../../shop/use-sales.ts';
import { useWaitlist } from '../../../shop/waitlist/use-waitlist.ts';
import { BuyCard } from './buy-card.tsx';
import { OfferedUnits } from './offered-unit.tsx';

/** What is offered to this person, and the pinned product and whatever is on sale, each as a card. */
export function SpotlightCards({ feed, showId }: { feed: ShowFeed; showId: ShowId }) {
  const sales = useOpenSales(feed);
  const lineup = useFeed(feed, (state) => state.show.lineup);
  const pinnedProductId = useFeed(feed, (state) => state.show.pinnedProductId);
  const hasEnded = useFeed(feed, (state) => state.show.status === 'ended');
  // The unit that is kept for this person stands in the place of its product's card: one way to the checkout.
  const allSales = useFeed(feed, (state) => state.show.sales);
  const offered = useWaitlist(showId)
    .filter(({ offer }) => offer !== null)
    .map(({ saleId }) => allSales[saleId]?.productId);
  if (hasEnded) return null;
  const cards = spotlights({ lineup, pinnedProductId }, sales).filter(
    ({ product }) => !offered.includes(product.id),
  );
  return (
    <>
      <OfferedUnits feed={feed} showId={showId} />
      {cards.map((spotlight, index) => (
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
