import { useQuery } from '@tanstack/react-query';
import { Package } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, isGuest, useSession } from '../../api/session.ts';
import { isMoving } from '../../shop/order/use-order.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { OrderCard } from './order-card.tsx';

const LOOK_WHILE_MOVING_MS = 2_000;
const LOOK_AT_REST_MS = 20_000;

/** The caller's orders, newest first; they follow what happens to them. */
export function OrdersPage() {
  const { t } = useTranslation();
  const session = useSession();
  useEffect(() => {
    document.title = `${t('orders.title')} · Souk`;
  }, [t]);
  const query = useQuery({
    queryKey: ['orders', session?.userId],
    queryFn: ({ signal }) => api.call('order:list', {}, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.orders.some(isMoving) === true ? LOOK_WHILE_MOVING_MS : LOOK_AT_REST_MS,
  });
  const orders = query.data?.orders;
  return (
    <div className="mx-auto max-w-2xl">
      <h1 className="mb-4 text-2xl font-bold sm:mb-6">{t('orders.title')}</h1>
      {orders !== undefined && orders.length > 0 && isGuest(session) && (
        <p className="mb-4 rounded-small bg-accent-soft px-3 py-2.5 text-sm">{t('orders.guestHint')}</p>
      )}
      {orders === undefined && <ErrorMessage error={query.error} className="mb-4" />}
      {orders === undefined && query.error === null && (
        <div className="flex flex-col gap-4">
          <Skeleton className="h-56 rounded-large" />
          <Skeleton className="h-56 rounded-large" />
        </div>
      )}
      {orders?.length === 0 && (
        <EmptyState
          icon={<Package />}
          title={t('orders.emptyTitle')}
          text={t('orders.emptyText')}
          action={
            <Button asChild variant="solid">
              <Link to="/">{t('common.toLobby')}</Link>
            </Button>
          }
        />
      )}
      {orders !== undefined && orders.length > 0 && (
        <ul className="flex flex-col gap-4">
          {orders.map((order) => (
            <li key={order.id}>
              <OrderCard order={order} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
