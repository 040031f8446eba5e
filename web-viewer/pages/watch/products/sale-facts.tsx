import type { SaleState } from '@souk/protocol/timeline/state';
import { Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { Countdown } from '../../../ui/countdown.tsx';
import { RollingNumber } from '../../../ui/rolling-number.tsx';
import { StockBar } from '../../../ui/stock-bar.tsx';

/** What makes a sale a sale: units left as a bar and in words, and the time that runs down. */
export function SaleFacts({ sale, left }: { sale: SaleState; left: number }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center justify-between gap-3 text-sm">
        <span className="inline-flex items-center gap-1 font-semibold text-accent-text">
          <Zap aria-hidden className="size-4 fill-current" />
          {t('shop.flashSale')}
        </span>
        <span className="inline-flex items-center gap-1.5">
          <span className="text-text-muted max-sm:sr-only">{t('shop.endsIn')}</span>
          <Countdown endsAt={sale.endsAt} data-testid="sale-countdown" />
        </span>
      </div>
      <StockBar
        left={left}
        total={sale.units}
        label={t('shop.leftOf', { left: count(left), total: count(sale.units) })}
      />
      <div className="flex items-center justify-between gap-3 text-xs text-text-muted">
        <span data-testid="sale-left" data-left={left} className="font-medium">
          <RollingNumber
            value={left}
            format={(value) => t('shop.left', { count: value, formatted: count(value) })}
          />
        </span>
        <span>{t('shop.limit', { count: sale.perBuyerLimit })}</span>
      </div>
    </div>
  );
}
