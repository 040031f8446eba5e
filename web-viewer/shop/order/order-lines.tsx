import type { Hold, Order } from '@souk/protocol/http/buying';
import type { Currency } from '@souk/protocol/money';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Price } from '../../ui/price.tsx';

export interface OrderLinesProps {
  lines: Order['lines'] | Hold['lines'];
  currency: Currency;
  /** With small pictures, where the lines are only a reminder. */
  small?: boolean;
  /** Stands at the end of the first line, for example to give it back. */
  action?: ReactNode;
}

/** What is in a cart or an order: picture, name, pieces, price. */
export function OrderLines({ lines, currency, small = false, action }: OrderLinesProps) {
  const { t } = useTranslation();
  return (
    <ul className="flex flex-col gap-3">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id, and their order never changes
        <li key={`${line.variantId}-${index}`} className="flex items-center gap-3">
          <img
            src={line.pictureUrl}
            alt=""
            width={64}
            height={64}
            className={clsx(
              'shrink-0 rounded-small bg-surface-sunken object-cover',
              small ? 'size-11' : 'size-16',
            )}
          />
          <div className="min-w-0 flex-1">
            <p className={clsx('leading-snug font-medium break-words', small && 'text-sm')}>{line.title}</p>
            <p className="text-sm text-text-muted">
              {line.quantity > 1 && (
                <span className="figures">{t('shop.quantity', { count: line.quantity })} </span>
              )}
              {line.variantLabel}
            </p>
            <Price
              amountMinor={line.unitPriceMinor * line.quantity}
              currency={currency}
              className="text-sm"
            />
          </div>
          {index === 0 && action}
        </li>
      ))}
    </ul>
  );
}
