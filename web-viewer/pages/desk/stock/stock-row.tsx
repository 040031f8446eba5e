import type { Stock } from '@souk/protocol/http/desk';
import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { RollingNumber } from '../../../ui/rolling-number.tsx';

/** The columns of the list on wide screens; on phones the figures stand below the name. */
const columns = 'sm:grid sm:grid-cols-[minmax(0,1fr)_repeat(4,6rem)_1.5rem] sm:items-center sm:gap-3';

export const stockFigures = ['available', 'onHand', 'reserved', 'allocated'] as const;

export function StockHead() {
  const { t } = useTranslation();
  return (
    <div
      className={clsx('hidden border-b border-line px-4 py-3 text-sm font-medium text-text-muted', columns)}
    >
      <span>{t('desk.product')}</span>
      {stockFigures.map((name) => (
        <span key={name} className="text-end">
          {t(`desk.figures.${name}`)}
        </span>
      ))}
      <span />
    </div>
  );
}

export interface StockRowProps {
  item: Stock;
  onOpen: () => void;
}

/** One variant and what is there of it. */
export function StockRow({ item, onOpen }: StockRowProps) {
  const { t } = useTranslation();
  const { count } = useFormat();
  return (
    <button
      type="button"
      data-testid="stock-row"
      data-variant-id={item.variantId}
      onClick={onOpen}
      className={clsx(
        'flex w-full flex-col gap-2 px-4 py-2 text-start text-sm transition-colors hover:bg-surface-hover',
        columns,
      )}
    >
      <span className="flex min-w-0 items-center gap-3">
        <img
          src={item.pictureUrl}
          alt=""
          loading="lazy"
          className="size-11 shrink-0 rounded-small bg-surface-sunken object-cover"
        />
        <span className="min-w-0">
          <span className="block truncate font-medium">{item.productTitle}</span>
          <span className="block truncate text-text-muted">
            {item.variantLabel} <bdi className="text-xs">{item.sku}</bdi>
          </span>
        </span>
      </span>
      <span className="grid grid-cols-4 gap-2 sm:contents">
        {stockFigures.map((name) => (
          <span key={name} className="flex flex-col sm:block sm:text-end">
            <span className="text-xs text-text-muted sm:sr-only">{t(`desk.figures.${name}`)}</span>
            {name === 'available' ? (
              <RollingNumber
                value={item.available}
                format={count}
                data-testid="stock-available"
                className={clsx('font-semibold', item.available === 0 && 'text-danger-text')}
              />
            ) : (
              <span className="figures text-text-muted">{count(item[name])}</span>
            )}
          </span>
        ))}
      </span>
      <ChevronRight aria-hidden className="hidden size-4 text-text-muted sm:block rtl:-scale-x-100" />
    </button>
  );
}
