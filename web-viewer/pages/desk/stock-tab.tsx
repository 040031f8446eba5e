import type { MerchantId } from '@souk/protocol/ids';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/session.ts';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StockRow } from './stock-row.tsx';

const REFRESH_MS = 10_000;

/** The stock of every variant, changed in place. */
export function StockTab({ merchantId }: { merchantId: MerchantId }) {
  const { t } = useTranslation();
  const stock = useQuery({
    queryKey: ['stock', merchantId],
    queryFn: ({ signal }) => api.call('stock:list', { params: { merchantId }, query: {} }, { signal }),
    refetchInterval: REFRESH_MS,
  });
  if (stock.data === undefined && !stock.isError) return <Skeleton className="h-80 rounded-large" />;
  const figures = ['available', 'onHand', 'reserved', 'allocated'] as const;
  return (
    <div className="flex flex-col gap-3">
      <ErrorMessage error={stock.error} />
      <div className="overflow-x-auto rounded-large border border-line bg-surface-raised">
        <table className="w-full min-w-160 text-sm">
          <caption className="sr-only">{t('desk.stock')}</caption>
          <thead className="text-text-muted">
            <tr>
              <th className="px-4 py-3 text-start font-medium">{t('desk.product')}</th>
              {figures.map((name) => (
                <th key={name} className="px-3 py-3 text-end font-medium">
                  {t(`desk.figures.${name}`)}
                </th>
              ))}
              <th className="px-4 py-3 text-end font-medium">{t('desk.change')}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-t border-line">
            {(stock.data?.stock ?? []).map((item) => (
              <StockRow key={item.variantId} item={item} merchantId={merchantId} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
