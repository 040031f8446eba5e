import type { ProductCard } from '@souk/protocol/catalog';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '../../ui/button.tsx';
import { Price } from '../../ui/price.tsx';

export interface ShownProductProps {
  product: ProductCard;
  /** It was pinned, or it was on sale, at the moment that is played. */
  why: 'pin' | 'sale';
}

/** A product of the moment that is played. Its prices of then are over: the product's page tells those of now. */
export function ShownProduct({ product, why }: ShownProductProps) {
  const { t } = useTranslation();
  const cheapest = Math.min(...product.variants.map(({ priceMinor }) => priceMinor));
  return (
    <article
      data-testid="replay-product"
      data-product-id={product.id}
      className="flex animate-rise items-center gap-3 rounded-large bg-surface-raised p-3 text-text shadow-float lg:shadow-none"
    >
      <img
        src={product.pictureUrl}
        alt=""
        width={64}
        height={64}
        className="size-14 shrink-0 rounded-small bg-surface-sunken object-cover"
      />
      <div className="min-w-0 flex-1">
        <p
          className={clsx('text-xs font-semibold', why === 'sale' ? 'text-danger-text' : 'text-accent-text')}
        >
          {why === 'sale' ? t('media.saleThen') : t('media.shownThen')}
        </p>
        <h2 className="line-clamp-2 text-sm leading-snug font-semibold text-pretty">{product.title}</h2>
        <Price amountMinor={cheapest} currency={product.currency} className="text-sm" />
      </div>
      <Button asChild variant="accent">
        <Link to={`/products/${product.id}`} target="_blank">
          {t('media.toProduct')}
        </Link>
      </Button>
    </article>
  );
}
