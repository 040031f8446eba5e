import type { ShowId } from '@souk/protocol/ids';
import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import { api } from '../../api/session.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { useServerNow } from '../../ui/use-server-now.ts';
import { openSales } from './open-sales.ts';
import { SaleRow } from './sale-row.tsx';
import { ScheduleSale } from './schedule-sale.tsx';

const REFRESH_MS = 3_000;

export interface SalesPanelProps {
  feed: ShowFeed;
  showId: ShowId;
  /** Before the show its sales can be planned here; on air the form beside does that. */
  isDraft: boolean;
}

/** The sales that are coming and under way, each with what can be done about it. */
export function SalesPanel({ feed, showId, isDraft }: SalesPanelProps) {
  const { t } = useTranslation();
  const sales = useFeed(feed, (state) => state.show.sales);
  const lineup = useFeed(feed, (state) => state.show.lineup);
  const now = useServerNow(1_000, Object.keys(sales).length > 0);
  const open = openSales(sales, now);
  // The timeline tells everything but how many wait for a unit.
  const waiting = useQuery({
    queryKey: ['sales', showId],
    queryFn: ({ signal }) => api.call('sale:list', { params: { showId } }, { signal }),
    enabled: open.length > 0,
    refetchInterval: REFRESH_MS,
    select: (answer) => new Map(answer.sales.map((sale) => [sale.id as string, sale.waiting])),
  });
  if (open.length === 0 && !isDraft) return null;
  return (
    <section
      aria-labelledby="sales"
      className={clsx('flex shrink-0 flex-col gap-1', !isDraft && 'lg:max-h-[45%]')}
    >
      <header className="flex min-h-8 items-center gap-2">
        <h2 id="sales" className="flex-1 text-sm font-semibold">
          {t('studio.sales')}
        </h2>
        {isDraft && <ScheduleSale feed={feed} showId={showId} />}
      </header>
      <ul className="min-h-0 overflow-y-auto overscroll-contain">
        {open.map((sale) => {
          const product = lineup.find(({ id }) => id === sale.productId);
          if (product === undefined) return null;
          return (
            <li key={sale.saleId}>
              <SaleRow
                sale={sale}
                product={product}
                waiting={waiting.data?.get(sale.saleId) ?? 0}
                feed={feed}
                showId={showId}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
