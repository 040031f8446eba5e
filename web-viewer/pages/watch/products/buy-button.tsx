import type { ShowId } from '@souk/protocol/ids';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFeed } from '../../../api/hub.ts';
import { isGuest, useSession } from '../../../api/session.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import type { Offer } from '../../../shop/offer.ts';
import type { useBuy } from '../../../shop/use-buy.ts';
import { Button, type ButtonProps } from '../../../ui/button.tsx';

export interface BuyButtonProps extends Pick<ButtonProps, 'size' | 'className' | 'variant'> {
  feed: ShowFeed;
  showId: ShowId;
  offer: Offer;
  buy: ReturnType<typeof useBuy>;
  'data-testid'?: string;
}

/**
 * Takes one unit. A sold-out offer can still be pressed: a unit may have come back this very moment,
 * and the server's answer says so in words.
 */
export function BuyButton({ feed, showId, offer, buy, variant = 'accent', ...rest }: BuyButtonProps) {
  const { t } = useTranslation();
  const session = useSession();
  const policy = useFeed(feed, (state) => state.show.facts?.policy);
  if (isGuest(session) && policy?.guestsMayBuy === false) {
    return (
      <Button asChild variant="solid" {...rest}>
        <Link to={`/login?next=${encodeURIComponent(`/watch/${showId}`)}`}>{t('shop.logInToBuy')}</Link>
      </Button>
    );
  }
  const soldOut = offer.left <= 0;
  return (
    <Button
      variant={soldOut ? 'soft' : variant}
      busy={buy.isPending}
      data-sold-out={soldOut || undefined}
      onClick={() => buy.mutate(offer)}
      {...rest}
    >
      {soldOut ? t('shop.soldOut') : t('shop.buy')}
    </Button>
  );
}
