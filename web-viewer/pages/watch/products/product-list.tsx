import type { ProductCard } from '@souk/protocol/catalog';
import type { ShowId } from '@souk/protocol/ids';
import { clsx } from 'clsx';
import { PackageOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { useBuy } from '../../../shop/use-buy.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Price } from '../../../ui/price.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { BuyButton } from './buy-button.tsx';
import { useOffer } from './use-offer.ts';
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
  const { t } = useTranslation();
  const isPinned = useFeed(feed, (state) => state.show.pinnedProductId === product.id);
  const chosen = useOffer(feed, product);
  const buy = useBuy(showId);
  if (chosen === undefined) return null;
  const { offer, choose } = chosen;
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
          <h3 className="line-clamp-2 text-sm leading-snug text-pretty font-medium">{product.title}</h3>
          <Price
            amountMinor={offer.priceMinor}
            beforeMinor={offer.sale === undefined ? undefined : offer.variant.priceMinor}
            currency={product.currency}
            className="text-sm"
          />
          <VariantPicker offer={offer} onChoose={choose} />
        </div>
        <BuyButton
          feed={feed}
          showId={showId}
          offer={offer}
          buy={buy}
          variant="outline"
          data-testid="lineup-buy"
        />
      </div>
      <ErrorMessage error={buy.error} />
    </li>
  );
}
