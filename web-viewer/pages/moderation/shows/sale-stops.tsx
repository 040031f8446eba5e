import type { SaleState } from '@souk/protocol/timeline/state';
import { OctagonX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { useServerNow } from '../../../ui/use-server-now.ts';
import { KeyHint } from '../../staff/key-hint.tsx';
import type { Armed } from '../../staff/use-armed.ts';
import { type StopReason, stopReasons } from '../use-stopping.ts';

/** The sales that can be stopped now, soonest to end first. */
export function useOpenSales(feed: ShowFeed): readonly SaleState[] {
  const sales = useFeed(feed, (state) => state.show.sales);
  const now = useServerNow(1_000, Object.keys(sales).length > 0);
  return Object.values(sales)
    .filter((sale) => sale.phase !== 'scheduled' && sale.endReason === undefined && sale.endsAt > now)
    .sort((a, b) => a.endsAt - b.endsAt);
}

export interface SaleStopsProps {
  feed: ShowFeed;
  sales: readonly SaleState[];
  armed: Armed;
  /** Empty until one is chosen. */
  reason: StopReason | '';
  onReason: (reason: StopReason | '') => void;
  onStop: (sale: SaleState) => void;
}

/** Stops a flash sale; asks once. The key belongs to the first one. */
export function SaleStops({ feed, sales, armed, reason, onReason, onStop }: SaleStopsProps) {
  const { t } = useTranslation();
  const lineup = useFeed(feed, (state) => state.show.lineup);
  if (sales.length === 0) return null;
  return (
    <section aria-label={t('moderation.sales')} className="flex flex-col gap-1 border-t border-line pt-2">
      <div className="flex flex-col gap-1 max-lg:flex-row max-lg:items-center max-lg:gap-3">
        <h2 className="shrink-0 text-sm font-semibold">{t('moderation.sales')}</h2>
        <Select
          className="max-lg:flex-1"
          label={t('moderation.reason')}
          labelHidden
          data-testid="sale-reason"
          value={reason}
          options={[
            { value: '', label: t('moderation.reason') },
            ...stopReasons.map((each) => ({ value: each, label: t(`moderation.stopReasons.${each}`) })),
          ]}
          onChange={onReason}
        />
      </div>
      {sales.map((sale, index) => (
        <div
          key={sale.saleId}
          className="flex flex-col gap-1 max-lg:flex-row max-lg:items-center max-lg:gap-3"
        >
          <span dir="auto" className="min-w-0 flex-1 truncate text-sm [text-align:match-parent]">
            {lineup.find(({ id }) => id === sale.productId)?.title ?? t('moderation.sale')}
          </span>
          <Button
            size="small"
            variant={armed.is(stopSaleKey(sale)) ? 'danger' : 'danger-soft'}
            data-testid="stop-sale"
            aria-keyshortcuts={index === 0 ? 's' : undefined}
            onClick={() => onStop(sale)}
          >
            <OctagonX aria-hidden className="size-4" />
            {armed.is(stopSaleKey(sale)) ? t('moderation.pressAgain') : t('moderation.stopSale')}
            {index === 0 && <KeyHint>S</KeyHint>}
          </Button>
        </div>
      ))}
    </section>
  );
}

export function stopSaleKey({ saleId }: SaleState): string {
  return `stop-${saleId}`;
}
