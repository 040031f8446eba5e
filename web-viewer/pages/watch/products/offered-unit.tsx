import type { WaitlistEntry } from '@souk/protocol/http/sales';
import type { ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { showCart } from '../../../shop/cart/cart-store.ts';
import { holdsKey } from '../../../shop/cart/use-holds.ts';
import { useWaitlist } from '../../../shop/waitlist/use-waitlist.ts';
import { Button } from '../../../ui/button.tsx';
import { Countdown } from '../../../ui/countdown.tsx';
import { HoldRing } from '../../../ui/hold-ring.tsx';

/** The units that are offered to this person, each as a card above everything else. */
export function OfferedUnits({ feed, showId }: { feed: ShowFeed; showId: ShowId }) {
  return useWaitlist(showId).map((entry) => <OfferedUnit key={entry.saleId} feed={feed} entry={entry} />);
}

/** One came free, and it is this person's turn: what it is, how long it is kept, and the way to it. */
function OfferedUnit({ feed, entry }: { feed: ShowFeed; entry: WaitlistEntry }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const sale = useFeed(feed, (state) => state.show.sales[entry.saleId]);
  const product = useFeed(feed, (state) => state.show.lineup.find(({ id }) => id === sale?.productId));
  const { offer } = entry;
  if (offer === null) return null;
  const checkOut = async () => {
    showCart({ kind: 'checkout' });
    await client.invalidateQueries({ queryKey: holdsKey });
  };
  return (
    <article
      data-testid="offered-unit"
      className="flex min-h-31 animate-rise items-center gap-3 rounded-large bg-accent p-3 text-on-accent shadow-float lg:shadow-none"
    >
      <HoldRing
        expiresAt={offer.expiresAt}
        totalMs={limits.waitlistOfferSeconds * 1_000}
        tone="plain"
        className="size-14"
      >
        <Countdown
          endsAt={offer.expiresAt}
          urgentMs={0}
          data-testid="offer-countdown"
          className="text-sm font-bold"
        />
      </HoldRing>
      {/* Said once; the time that runs down beside it is not. */}
      <p role="alert" className="min-w-0 flex-1 leading-snug">
        <span className="block font-bold">{t('shop.offered')}</span>
        {product !== undefined && <span className="line-clamp-2 text-sm">{product.title}</span>}
      </p>
      <Button variant="stage" size="large" data-testid="offer-checkout" onClick={() => void checkOut()}>
        {t('shop.checkout')}
      </Button>
    </article>
  );
}
