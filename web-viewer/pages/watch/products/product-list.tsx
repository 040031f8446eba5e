import type { ProductCard } from '@souk/protocol/catalog';
import type { ShowId } from '@souk/protocol/ids';
import { clsx } from 'clsx';
import { PackageOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { BundleContents } from '../../../shop/bundle-contents.tsx';
import { Countdown } from '../../../ui/countdown.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Price } from '../../../ui/price.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { BuyButton } from './buy-button.tsx';
import { LeaveWait } from './leave-wait.tsx';
import { useBuyActions } from './use-buy-actions.ts';
import { type ChosenOffer, useOffer } from './use-offer.ts';
import { VariantPicker } from './variant-picker.tsx';

export interface ProductListProps {
  feed: ShowFeed;
  showId: ShowId;
}

/** Everything of the show, whether it is on screen or not; each can be bought. */
export function ProductList({ feed, showId }: ProductListProps) {
  const { t } = useTranslation();
  const lineup = useFeed(feed, (state) => state.show.lineup);
  const isKnown = useFeed(feed, (state) => state.show.facts !== null);
  if (!isKnown) return <ProductListSkeleton />;
  if (lineup.length === 0) {
    return <EmptyState icon={<PackageOpen />} title={t('watch.products')} text={t('watch.productsEmpty')} />;
  }
  return (
    <ul className="flex flex-col gap-1">
      {lineup.map((product) => (
        <ProductRow key={product.id} feed={feed} showId={showId} product={product} />
      ))}
    </ul>
  );
}

function ProductListSkeleton() {
  return (
    <div className="flex flex-col gap-4 p-2">
      {['a', 'b', 'c', 'd'].map((key) => (
        <div key={key} className="flex gap-3">
          <Skeleton className="size-16" />
          <Skeleton className="h-10 flex-1" />
        </div>
      ))}
    </div>
  );
}

function ProductRow({ feed, showId, product }: ProductListProps & { product: ProductCard }) {
  const chosen = useOffer(feed, product);
  return chosen === undefined ? null : <OfferRow feed={feed} showId={showId} {...chosen} />;
}

function OfferRow({ feed, showId, offer, choose }: ProductListProps & ChosenOffer) {
  const { t } = useTranslation();
  const { product } = offer;
  const isPinned = useFeed(feed, (state) => state.show.pinnedProductId === product.id);
  const actions = useBuyActions(showId, offer);
  return (
    <li className={clsx('flex flex-col gap-2 rounded-large p-2', isPinned && 'bg-accent-soft')}>
      <div className="flex items-center gap-3">
        <img
          src={product.pictureUrl}
          alt=""
          loading="lazy"
          width={64}
          height={64}
          className="size-16 shrink-0 rounded-small bg-surface-sunken object-cover"
        />
        <div className="flex min-w-0 flex-1 flex-col items-start gap-1">
          {isPinned && <span className="text-xs font-semibold text-accent-text">{t('watch.showing')}</span>}
          <h3 className="text-sm leading-snug font-medium text-pretty wrap-anywhere">
            {/* In a tab of its own: the show runs on here. */}
            <Link
              to={`/products/${product.id}`}
              target="_blank"
              className="line-clamp-2 underline-offset-4 hover:underline"
            >
              {product.title}
            </Link>
          </h3>
          <BundleContents variant={offer.variant} inline className="line-clamp-2 text-xs text-text-muted" />
          <Price
            amountMinor={offer.priceMinor}
            beforeMinor={offer.sale === undefined ? undefined : offer.variant.priceMinor}
            currency={product.currency}
            className="text-sm"
          />
          {offer.isComing && offer.sale !== undefined && (
            <span className="text-xs font-semibold text-accent-text">
              {t('shop.startsIn')} <Countdown endsAt={offer.sale.startsAt} urgentMs={0} />
            </span>
          )}
          <VariantPicker offer={offer} onChoose={choose} />
        </div>
        <BuyButton
          feed={feed}
          showId={showId}
          offer={offer}
          actions={actions}
          variant="outline"
          data-testid="lineup-buy"
        />
      </div>
      {actions.waiting !== undefined && <LeaveWait showId={showId} saleId={actions.waiting.saleId} />}
      <ErrorMessage error={actions.error} />
    </li>
  );
}
