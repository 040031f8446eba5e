import type { DeskOrder } from '@souk/protocol/http/desk';
import type { MerchantId } from '@souk/protocol/ids';
import { useQuery } from '@tanstack/react-query';
import { PackageOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { OrderRow } from './order-row.tsx';

const REFRESH_MS = 5_000;

/** The merchant's orders, newest first; new ones appear by themselves. */
export function OrdersTab({ merchantId }: { merchantId: MerchantId }) {
  const { t } = useTranslation();
  const orders = useQuery({
    queryKey: ['desk-orders', merchantId],
    queryFn: ({ signal }) => api.call('desk:orders', { params: { merchantId }, query: {} }, { signal }),
    refetchInterval: REFRESH_MS,
  });
  if (orders.data === undefined && !orders.isError) return <Skeleton className="h-80 rounded-large" />;
  const list: readonly DeskOrder[] = orders.data?.orders ?? [];
  return (
    <div className="flex flex-col gap-3">
      <ErrorMessage error={orders.error} />
      {list.length === 0 && !orders.isError && (
        <EmptyState icon={<PackageOpen />} title={t('desk.noOrders')} text={t('desk.noOrdersText')} />
      )}
      <ul className="flex flex-col gap-2">
        {list.map((order) => (
          <li key={order.id}>
            <OrderRow order={order} merchantId={merchantId} />
          </li>
        ))}
      </ul>
    </div>
  );
}
