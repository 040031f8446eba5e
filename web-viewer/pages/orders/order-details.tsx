import type { Order } from '@souk/protocol/http/buying';
import { ReceiptText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../i18n/use-format.ts';
import { Totals } from '../../shop/checkout/totals.tsx';
import type { Decline } from '../../shop/order/decline.ts';
import { OrderAddress } from '../../shop/order/order-address.tsx';
import { OrderLines } from '../../shop/order/order-lines.tsx';
import { orderNumber } from '../../shop/order/order-number.ts';
import { OrderRefund } from '../../shop/order/order-refund.tsx';
import { OrderState, OrderTracking, statusText } from '../../shop/order/order-state.tsx';
import { OrderSteps } from '../../shop/order/order-steps.tsx';
import { mayCancel, wasPaid } from '../../shop/order/refund-state.ts';
import { OrderPayment } from '../../shop/payment/order-payment.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorNotice } from '../../ui/error-message.tsx';
import { CancelOrder } from './cancel-order.tsx';

export interface OrderDetailsProps {
  order: Order;
  declined: Decline;
  onHandedIn: () => void;
}

export function OrderDetails({ order, declined, onHandedIn }: OrderDetailsProps) {
  const { t } = useTranslation();
  const { date } = useFormat();
  return (
    <div data-testid="order-details" data-order-id={order.id} className="flex flex-col gap-4">
      <header>
        <h1 className="text-2xl font-bold break-words">{order.merchantName}</h1>
        <p className="text-sm text-text-muted">
          {date(order.createdAt)} · <bdi>{t('orders.number', { number: orderNumber(order.id) })}</bdi>
        </p>
      </header>
      <Card className="flex flex-col gap-4">
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
        <OrderPayment order={order} isDeclined={declined === 'open'} onHandedIn={onHandedIn} />
        <OrderSteps status={order.status} />
        <OrderTracking shipment={order.shipment} />
        <OrderRefund order={order} />
      </Card>
      <Card className="flex flex-col gap-4">
        <h2 className="sr-only">{t('orders.summary')}</h2>
        <OrderLines lines={order.lines} currency={order.totals.currency} />
        <Totals totals={order.totals} couponCode={order.couponCode} />
      </Card>
      <Card className="flex flex-col gap-1">
        <h2 className="text-sm font-semibold">{t('orders.address')}</h2>
        <OrderAddress address={order.address} />
      </Card>
      <OrderActions order={order} />
    </div>
  );
}

function OrderActions({ order }: { order: Order }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-wrap items-center gap-2">
      {wasPaid(order) && (
        <Button asChild variant="solid">
          <Link to={`/orders/${order.id}/receipt`} data-testid="to-receipt">
            <ReceiptText aria-hidden className="size-4" />
            {t('orders.receipt')}
          </Link>
        </Button>
      )}
      {order.showId !== null && order.status === 'pending_payment' && (
        <Button asChild variant="outline">
          <Link to={`/watch/${order.showId}`}>{t('orders.backToShow')}</Link>
        </Button>
      )}
      {mayCancel(order) && (
        <>
          <CancelOrder order={order} />
          <p className="w-full text-sm text-text-muted">{t('orders.cancelUntil')}</p>
        </>
      )}
    </div>
  );
}
