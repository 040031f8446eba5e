import { Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import type { Offer } from '../../../shop/offer.ts';
import { Countdown } from '../../../ui/countdown.tsx';
import { RollingNumber } from '../../../ui/rolling-number.tsx';
import { StockBar } from '../../../ui/stock-bar.tsx';

export interface SaleFactsProps extends Pick<Offer, 'isComing' | 'left'> {
  sale: NonNullable<Offer['sale']>;
}

/** What makes a sale a sale, in one line: units left in words and as a bar, and the time that runs down. */
export function SaleFacts({ sale, isComing, left }: SaleFactsProps) {
  const { t } = useTranslation();
  const { count } = useFormat();
  return (
    <div className="flex min-h-6 items-center gap-2.5 text-sm">
      <span className="inline-flex items-center gap-1 font-semibold text-accent-text">
        <Zap aria-hidden className="size-4 fill-current" />
        <span className="max-lg:sr-only">{t('shop.flashSale')}</span>
      </span>
      <span data-testid="sale-left" data-left={left} className="font-medium whitespace-nowrap">
        <RollingNumber
          value={left}
          format={(value) =>
            value === 0 ? t('shop.soldOut') : t('shop.left', { count: value, formatted: count(value) })
          }
        />
      </span>
      <StockBar
        left={left}
        total={sale.units}
        label={t('shop.leftOf', { left: count(left), total: count(sale.units) })}
        className="min-w-8 flex-1"
      />
      <span className="text-text-muted max-lg:hidden">{t('shop.limit', { count: sale.perBuyerLimit })}</span>
      {isComing ? (
        <span className="inline-flex items-center gap-1.5 font-semibold whitespace-nowrap text-accent-text">
          {t('shop.startsIn')}
          <Countdown
            endsAt={sale.startsAt}
            urgentMs={0}
            data-testid="sale-starts"
            className="min-w-9 text-end"
          />
        </span>
      ) : (
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
          <span className="text-text-muted max-lg:sr-only">{t('shop.endsIn')}</span>
          <Countdown endsAt={sale.endsAt} data-testid="sale-countdown" className="min-w-9 text-end" />
        </span>
      )}
    </div>
  );
}
