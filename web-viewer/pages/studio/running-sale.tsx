import type { ProductCard } from '@souk/protocol/catalog';
import type { ShowId } from '@souk/protocol/ids';
import type { SaleState } from '@souk/protocol/timeline/state';
import { useMutation } from '@tanstack/react-query';
import { Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import { api } from '../../api/session.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { StockBar } from '../../ui/stock-bar.tsx';

export interface RunningSaleProps {
  sale: SaleState;
  product: ProductCard;
  feed: ShowFeed;
  showId: ShowId;
}

/** A flash sale under way: price, what is left of units and time, and a way to stop it. */
export function RunningSale({ sale, product, feed, showId }: RunningSaleProps) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const left = useFeed(
    feed,
    (state) => state.levels.unitsLeft?.[sale.saleId] ?? (sale.soldOut ? 0 : sale.units),
  );
  const stopping = useMutation({
    mutationFn: () => api.call('sale:stop', { params: { showId, saleId: sale.saleId } }),
  });
  const label = product.variants.find(({ id }) => id === sale.variantId)?.label ?? '';
  return (
    <div className="flex flex-col gap-1 ps-14 text-sm">
      <div className="figures flex flex-wrap items-center gap-x-3">
        <span className="inline-flex items-center gap-1 font-semibold text-accent-text">
          <Zap aria-hidden className="size-4" />
          {money(sale.priceMinor, product.currency)}
        </span>
        {label !== '' && <span className="truncate text-text-muted">{label}</span>}
        <span>{left === 0 ? t('studio.soldOut') : t('studio.unitsLeft', { left, units: sale.units })}</span>
        <Countdown endsAt={sale.endsAt} />
        <Button
          size="small"
          variant="ghost"
          className="ms-auto"
          busy={stopping.isPending}
          onClick={() => stopping.mutate()}
        >
          {t('studio.stopSale')}
        </Button>
      </div>
      <StockBar left={left} total={sale.units} label={t('studio.unitsLeft', { left, units: sale.units })} />
      <ErrorMessage error={stopping.error} />
    </div>
  );
}
