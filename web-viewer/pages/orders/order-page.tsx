import { type OrderId, orderIdSchema } from '@souk/protocol/ids';
import { ChevronLeft } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { errorCodeOf } from '../../api/api-error.ts';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { useOrder } from '../../shop/order/use-order.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { OrderDetails } from './order-details.tsx';

/** One order: how far it is, what is in it, and what can still be done about it. */
export function OrderPage() {
  const params = useParams();
  const orderId = orderIdSchema.safeParse(params['orderId']);
  return orderId.success ? (
    <OneOrder key={orderId.data} orderId={orderId.data} />
  ) : (
    <NotFoundPage code="ORDER_NOT_FOUND" />
  );
}

function OneOrder({ orderId }: { orderId: OrderId }) {
  const { t } = useTranslation();
  const { order, error, declined, forgetDecline } = useOrder(orderId);
  // Whether a bank's own page has sent the buyer back without success; said until another card is handed in.
  const [search, setSearch] = useSearchParams();
  const hasFailed = search.get('redirect_status') === 'failed';
  const onHandedIn = () => {
    forgetDecline();
    if (search.size > 0) setSearch({}, { replace: true });
  };
  useEffect(() => {
    document.title = `${t('orders.summary')} · Souk`;
  }, [t]);
  if (order === undefined && errorCodeOf(error) === 'ORDER_NOT_FOUND' && error !== null) {
    return <NotFoundPage code="ORDER_NOT_FOUND" />;
  }
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-4">
      <Button asChild variant="ghost" className="-ms-3 w-fit">
        <Link to="/orders">
          <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
          {t('orders.back')}
        </Link>
      </Button>
      {order === undefined ? (
        <>
          <ErrorMessage error={error} />
          <Skeleton className="h-32 rounded-large" />
          <Skeleton className="h-56 rounded-large" />
        </>
      ) : (
        <OrderDetails
          order={order}
          declined={declined ?? (hasFailed && order.status === 'pending_payment' ? 'open' : undefined)}
          onHandedIn={onHandedIn}
        />
      )}
    </div>
  );
}
