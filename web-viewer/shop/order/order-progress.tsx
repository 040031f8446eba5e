import type { OrderId } from '@souk/protocol/ids';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ShowFeed } from '../../api/show-feed.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage, ErrorNotice } from '../../ui/error-message.tsx';
import { SheetBody, SheetFooter } from '../../ui/sheet.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showCart } from '../cart/cart-store.ts';
import { Totals } from '../checkout/totals.tsx';
import { OrderPayment } from '../payment/order-payment.tsx';
import { OrderLines } from './order-lines.tsx';
import { OrderState, OrderTracking, statusText } from './order-state.tsx';
import { OrderSteps } from './order-steps.tsx';
import { useOrder } from './use-order.ts';

/** An order on its way: its state changes under the buyer's eyes, while the show goes on. */
export function OrderProgress({ orderId, feed }: { orderId: OrderId; feed: ShowFeed }) {
  const { t } = useTranslation();
  const { order, error, declined, forgetDecline } = useOrder(orderId, feed);
  if (order === undefined) {
    return (
      <SheetBody className="flex flex-col gap-4">
        <ErrorMessage error={error} />
        <Skeleton className="h-16" />
        <Skeleton className="h-24" />
      </SheetBody>
    );
  }
  return (
    <>
      <SheetBody className="flex flex-col gap-5">
        <div aria-live="polite" className="flex flex-col gap-1">
          <p className="text-lg">
            <OrderState status={order.status} />
          </p>
          {declined === 'final' ? (
            <ErrorNotice code="PAYMENT_DECLINED" />
          ) : (
            <p className="text-sm text-text-muted">{t(statusText(order))}</p>
          )}
        </div>
        <OrderPayment order={order} isDeclined={declined === 'open'} onHandedIn={forgetDecline} />
        <OrderSteps status={order.status} />
        <OrderTracking shipment={order.shipment} />
        <OrderLines lines={order.lines} currency={order.totals.currency} />
        <Totals totals={order.totals} couponCode={order.couponCode} />
      </SheetBody>
      <SheetFooter className="flex gap-2">
        {declined === 'final' ? (
          <Button variant="solid" className="flex-1" onClick={() => showCart({ kind: 'closed' })}>
            {t('shop.takeAgain')}
          </Button>
        ) : (
          <>
            <Button asChild variant="outline">
              <Link to={`/orders/${order.id}`}>{t('shop.orderDetails')}</Link>
            </Button>
            {/* While there is something to pay, the strong button is that one. */}
            <Button
              variant={order.status === 'pending_payment' ? 'outline' : 'solid'}
              className="flex-1"
              onClick={() => showCart({ kind: 'closed' })}
            >
              {t('shop.keepWatching')}
            </Button>
          </>
        )}
      </SheetFooter>
    </>
  );
}
