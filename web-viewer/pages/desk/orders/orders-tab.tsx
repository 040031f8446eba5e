import { PackageOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { api } from '../../../api/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { MoreButton } from '../../staff/more-button.tsx';
import { usePages } from '../../staff/use-pages.ts';
import { ListSkeleton } from '../list-skeleton.tsx';
import { useDesk } from '../use-desk.ts';
import { OrderRow } from './order-row.tsx';

const REFRESH_MS = 5_000;
const PAGE_ORDERS = 30;

/** The merchant's orders, newest first; new ones appear by themselves. An order named in the address stands open. */
export function OrdersTab() {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const namedId = useLocation().hash.slice(1);
  const pages = usePages({
    queryKey: ['desk-orders', merchant.id],
    load: (cursor, signal) =>
      api.call(
        'desk:orders',
        { params: { merchantId: merchant.id }, query: { cursor, limit: PAGE_ORDERS } },
        { signal },
      ),
    refetchIntervalMs: REFRESH_MS,
  });
  if (pages.data === undefined && !pages.isError) return <ListSkeleton />;
  const list = pages.data?.pages.flatMap((page) => page.orders) ?? [];
  return (
    <div className="flex flex-col gap-3">
      <ErrorMessage error={pages.error} />
      {list.length === 0 && !pages.isError && (
        <EmptyState icon={<PackageOpen />} title={t('desk.noOrders')} text={t('desk.noOrdersText')} />
      )}
      <ul className="flex flex-col gap-2">
        {list.map((order) => (
          <li key={order.id}>
            <OrderRow order={order} merchantId={merchant.id} isNamed={order.id === namedId} />
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} />
    </div>
  );
}
