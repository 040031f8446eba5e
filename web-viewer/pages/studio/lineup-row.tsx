import type { ProductCard } from '@souk/protocol/catalog';
import { clsx } from 'clsx';
import { Pin, PinOff, Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Price } from '../../ui/price.tsx';
import { KeyHint } from '../staff/key-hint.tsx';
import { stockOf } from './stock-of.ts';
import type { Pins } from './use-pins.ts';

const KEYS = 9;

export interface LineupRowProps {
  product: ProductCard;
  /** Place in the line-up, from 1; up to 9 it is also the key. */
  place: number;
  isPinned: boolean;
  /** A flash sale of it runs or is coming. */
  isOnSale: boolean;
  feed: ShowFeed;
  pins: Pins;
}

/** A product of the line-up: what it is, what is left, and whether it is on the screen. */
export function LineupRow({ product, place, isPinned, isOnSale, feed, pins }: LineupRowProps) {
  const { t } = useTranslation();
  const cheapest = Math.min(...product.variants.map((variant) => variant.priceMinor));
  const stock = useFeed(feed, (state) => stockOf(product, state.levels));
  return (
    <li
      className={clsx(
        'flex flex-col gap-1 rounded-small px-2 py-1.5',
        isPinned ? 'bg-accent-soft' : 'hover:bg-surface-hover',
      )}
    >
      <div className="flex items-center gap-3">
        <img
          src={product.pictureUrl}
          alt=""
          className="size-11 rounded-small bg-surface-sunken object-cover"
        />
        <div className="min-w-0 flex-1">
          <p className="flex items-center gap-1.5 text-sm font-semibold">
            <span className="truncate">{product.title}</span>
            {isOnSale && (
              <Zap
                role="img"
                aria-label={t('studio.flashSale')}
                className="size-4 shrink-0 text-accent-text"
              />
            )}
          </p>
          <p className="figures flex gap-2 text-sm text-text-muted">
            <Price amountMinor={cheapest} currency={product.currency} />
            <span className={clsx(stock === 0 && 'text-danger-text')}>
              {t('studio.inStock', { count: stock })}
            </span>
          </p>
        </div>
        {isPinned && (
          <IconButton
            size="small"
            data-testid="unpin-product"
            label={t('studio.unpin', { title: product.title })}
            icon={<PinOff className="size-4" />}
            onClick={pins.unpin}
          />
        )}
        <Button
          size="small"
          variant={isPinned ? 'accent' : 'soft'}
          data-testid="pin-product"
          data-product-id={product.id}
          aria-pressed={isPinned}
          className="min-w-24"
          onClick={() => pins.pin(product.id)}
        >
          <Pin aria-hidden className="size-4" />
          {isPinned ? t('studio.pinned') : t('studio.pin')}
          {place <= KEYS && <KeyHint>{String(place)}</KeyHint>}
        </Button>
      </div>
    </li>
  );
}
