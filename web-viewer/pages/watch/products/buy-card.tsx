import type { ShowId } from '@souk/protocol/ids';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { BundleContents } from '../../../shop/bundle-contents.tsx';
import type { Spotlight } from '../../../shop/offer.ts';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Price } from '../../../ui/price.tsx';
import { BuyButton } from './buy-button.tsx';
import { LeaveWait } from './leave-wait.tsx';
import { SaleFacts } from './sale-facts.tsx';
import { useBuyActions } from './use-buy-actions.ts';
import type { ChosenOffer } from './use-offer.ts';
import { useOffer } from './use-offer.ts';
import { VariantPicker } from './variant-picker.tsx';

export interface BuyCardProps {
  feed: ShowFeed;
  showId: ShowId;
  spotlight: Spotlight;
  /** The second one steps back: the one strong button belongs to the first. */
  compact: boolean;
}

/** A product in the spotlight: what it is, what it costs, how many are left, and the one strong button. */
export function BuyCard(props: BuyCardProps) {
  const chosen = useOffer(props.feed, props.spotlight.product);
  return chosen === undefined ? null : <OfferCard {...props} {...chosen} />;
}

function OfferCard({ feed, showId, spotlight, compact, offer, choose }: BuyCardProps & ChosenOffer) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const actions = useBuyActions(showId, offer);
  const { product, sale, left } = offer;
  return (
    <article
      data-testid={spotlight.pinned ? 'pinned-product' : undefined}
      data-product-id={product.id}
      className="animate-rise rounded-large bg-surface-raised text-text shadow-float lg:shadow-none"
    >
      <div data-testid={sale === undefined ? undefined : 'sale-card'} className="flex flex-col gap-2.5 p-3">
        <ErrorMessage error={actions.error} />
        <div className="flex items-center gap-3">
          <img
            src={product.pictureUrl}
            alt=""
            width={80}
            height={80}
            className={clsx(
              'shrink-0 rounded-small bg-surface-sunken object-cover',
              compact ? 'size-11' : 'size-16 lg:size-20',
            )}
          />
          <div className="flex min-w-0 flex-1 flex-col items-start gap-1">
            <h2
              className={clsx(
                'text-sm leading-snug font-semibold text-pretty wrap-anywhere',
                compact ? 'line-clamp-1' : 'line-clamp-2 lg:text-base',
              )}
            >
              {product.title}
            </h2>
            {!compact && (
              <BundleContents
                variant={offer.variant}
                inline
                className="line-clamp-1 text-xs text-text-muted"
              />
            )}
            <div className={clsx('flex max-w-full gap-x-3 gap-y-1', compact ? 'items-center' : 'flex-col')}>
              <Price
                amountMinor={offer.priceMinor}
                beforeMinor={sale === undefined ? undefined : offer.variant.priceMinor}
                currency={product.currency}
                className={compact ? 'text-sm' : 'text-base lg:text-lg'}
              />
              <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
                <VariantPicker offer={offer} onChoose={choose} />
                {sale === undefined && !compact && (
                  <span className="text-xs text-text-muted">
                    {left > 0 ? t('shop.left', { count: left, formatted: count(left) }) : t('shop.soldOut')}
                  </span>
                )}
              </div>
            </div>
          </div>
          <BuyButton
            feed={feed}
            showId={showId}
            offer={offer}
            actions={actions}
            variant={compact ? 'outline' : 'accent'}
            size={compact ? 'medium' : 'large'}
            data-testid="buy-now"
            className="self-center"
          />
        </div>
        {sale !== undefined && <SaleFacts sale={sale} isComing={offer.isComing} left={left} />}
        {actions.waiting !== undefined && <LeaveWait showId={showId} saleId={actions.waiting.saleId} />}
      </div>
    </article>
  );
}
