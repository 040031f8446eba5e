import type { ProductCard } from '@souk/protocol/catalog';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../i18n/use-format.ts';
import { Badge } from '../../ui/badge.tsx';

/** A product in a shop's window: picture, name, price. */
export function ProductTile({ product }: { product: ProductCard }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const { variants, currency } = product;
  const prices = variants.map(({ priceMinor }) => priceMinor);
  const lowest = money(Math.min(...prices), currency);
  const hasOnePrice = new Set(prices).size === 1;
  const isSoldOut = variants.every(({ available }) => available === 0);
  return (
    <Link
      to={`/products/${product.id}`}
      data-testid="product-tile"
      data-product-id={product.id}
      className="group flex flex-col gap-2"
    >
      <span className="relative aspect-square overflow-hidden rounded-large bg-surface-sunken">
        <img
          src={product.pictureUrl}
          alt=""
          loading="lazy"
          width={400}
          height={400}
          className="size-full object-cover transition-[scale] duration-(--motion-calm) ease-out group-hover:scale-[1.03]"
        />
        {isSoldOut && <Badge className="absolute start-2 top-2">{t('shop.soldOut')}</Badge>}
      </span>
      <span className="flex flex-col">
        <span className="line-clamp-2 leading-snug font-medium break-words">{product.title}</span>
        <span className="figures font-bold">
          {hasOnePrice ? lowest : t('store.from', { amount: lowest })}
        </span>
        {variants.length > 1 && (
          <span className="text-sm text-text-muted">{t('store.options', { count: variants.length })}</span>
        )}
      </span>
    </Link>
  );
}
