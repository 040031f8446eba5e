import type { DeskProduct } from '@souk/protocol/http/catalog';
import { clsx } from 'clsx';
import { ChevronRight, Layers } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../i18n/use-format.ts';
import { Badge } from '../../../ui/badge.tsx';
import { NO_PICTURE_URL } from '../no-picture.ts';
import { useDeskLink } from '../use-desk.ts';

/** A product in a line: cover, variants, price and what is left. Leads to its page. */
export function ProductRow({ product }: { product: DeskProduct }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const link = useDeskLink();
  const { variants } = product;
  const available = variants.reduce((sum, variant) => sum + variant.available, 0);
  const isBundle = variants.some(({ parts }) => parts.length > 0);
  return (
    <Link
      to={link(`products/${product.id}`)}
      data-testid="product-row"
      data-product-id={product.id}
      className="flex min-h-16 items-center gap-4 px-3 py-2 transition-colors hover:bg-surface-hover sm:px-4"
    >
      <img
        src={product.pictures[0]?.url ?? NO_PICTURE_URL}
        alt=""
        loading="lazy"
        className="size-12 shrink-0 rounded-small bg-surface-sunken object-cover"
      />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{product.title}</span>
          {isBundle && (
            <Badge>
              <Layers aria-hidden className="size-3.5" />
              {t('catalog.bundle')}
            </Badge>
          )}
          {product.isArchived && <Badge>{t('catalog.archived')}</Badge>}
        </span>
        <span className="block truncate text-sm text-text-muted">
          {t('catalog.variantCount', { count: variants.length })} ·{' '}
          <bdi>{variants.map(({ sku }) => sku).join(', ')}</bdi>
        </span>
      </span>
      <span className="figures flex flex-col items-end text-sm sm:flex-row sm:items-center sm:gap-6">
        <span className="font-semibold whitespace-nowrap sm:w-40 sm:text-end">
          <PriceRange product={product} />
        </span>
        <span
          className={clsx(
            'whitespace-nowrap sm:w-28 sm:text-end',
            available === 0 ? 'text-danger-text' : 'text-text-muted',
          )}
        >
          {available === 0 ? t('catalog.soldOut') : t('catalog.available', { units: count(available) })}
        </span>
      </span>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-text-muted rtl:-scale-x-100" />
    </Link>
  );
}

function PriceRange({ product }: { product: DeskProduct }) {
  const { money } = useFormat();
  const prices = product.variants.map(({ priceMinor }) => priceMinor);
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  const from = money(least, product.currency);
  return least === most ? from : `${from} – ${money(most, product.currency)}`;
}
