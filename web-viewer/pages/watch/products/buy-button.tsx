import type { ShowId } from '@souk/protocol/ids';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFeed } from '../../../api/hub.ts';
import { isGuest, useSession } from '../../../api/session.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { showCart } from '../../../shop/cart/cart-store.ts';
import type { Offer } from '../../../shop/offer.ts';
import { Button, type ButtonProps } from '../../../ui/button.tsx';
import type { BuyActions } from './use-buy-actions.ts';
import { WaitPlace } from './wait-place.tsx';

export interface BuyButtonProps extends Pick<ButtonProps, 'size' | 'className' | 'variant'> {
  feed: ShowFeed;
  showId: ShowId;
  offer: Offer;
  actions: BuyActions;
  'data-testid'?: string;
}

/**
 * The one way to a unit. Before a sale it waits for the server's start; in a sale that is sold out it gets in line.
 * An ordinary offer that is sold out can still be pressed: a unit may have come back this very moment, and the
 * server's answer says so in words.
 */
export function BuyButton({ feed, showId, offer, actions, variant = 'accent', ...rest }: BuyButtonProps) {
  const { t } = useTranslation();
  const session = useSession();
  const policy = useFeed(feed, (state) => state.show.facts?.policy);
  const { buy, join, waiting, isOffered, isKept } = actions;
  if (isGuest(session) && policy?.guestsMayBuy === false) {
    return (
      <Button asChild variant="solid" {...rest}>
        <Link to={`/login?next=${encodeURIComponent(`/watch/${showId}`)}`}>{t('shop.logInToBuy')}</Link>
      </Button>
    );
  }
  if (waiting !== undefined) {
    return (
      <WaitPlace entry={waiting} {...(rest.className === undefined ? {} : { className: rest.className })} />
    );
  }
  const { sale, isComing } = offer;
  const isSoldOut = offer.left <= 0 && !isComing;
  // Whoever holds the last one is not sent to the end of the line.
  if (isOffered || (isKept && isSoldOut)) {
    return (
      <Button variant="outline" onClick={() => showCart({ kind: 'checkout' })} {...rest}>
        {t('shop.checkout')}
      </Button>
    );
  }
  const mayWait = isSoldOut && sale !== undefined;
  return (
    <Button
      variant={isSoldOut ? 'soft' : variant}
      busy={buy.isPending || join.isPending}
      disabled={isComing}
      data-sold-out={isSoldOut || undefined}
      data-coming={isComing || undefined}
      data-waitlist={mayWait || undefined}
      onClick={() => (mayWait ? join.mutate(sale.saleId) : buy.mutate(offer))}
      {...rest}
      // As wide before the start as after it, so that nothing moves under the finger.
      className={clsx(
        'min-w-22',
        mayWait && 'max-w-32 px-3! leading-tight whitespace-normal!',
        rest.className,
      )}
    >
      {mayWait ? t('shop.joinWaitlist') : isSoldOut ? t('shop.soldOut') : t('shop.buy')}
    </Button>
  );
}
