import type { Currency } from '@souk/protocol/money';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';

export interface PriceProps {
  amountMinor: number;
  currency: Currency;
  /** The ordinary price, struck through, when the present one is lower. */
  beforeMinor?: number | undefined;
  className?: string;
  'data-testid'?: string;
}

export function Price({ amountMinor, currency, beforeMinor, className, ...rest }: PriceProps) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const reduced = beforeMinor !== undefined && beforeMinor > amountMinor;
  return (
    <span className={clsx('figures inline-flex flex-wrap items-baseline gap-x-1.5', className)} {...rest}>
      <span className="font-bold">{money(amountMinor, currency)}</span>
      {reduced && (
        <s className="text-[0.8em] font-normal opacity-75">
          <span className="sr-only">{t('common.priceBefore')} </span>
          {money(beforeMinor, currency)}
        </s>
      )}
    </span>
  );
}
