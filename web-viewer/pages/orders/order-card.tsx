import type { Order } from '@souk/protocol/http/buying';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../i18n/use-format.ts';
import { OrderLines } from '../../shop/order/order-lines.tsx';
import { orderNumber } from '../../shop/order/order-number.ts';
import { OrderRefund } from '../../shop/order/order-refund.tsx';
import { OrderState, OrderTracking } from '../../shop/order/order-state.tsx';
import { OrderSteps } from '../../shop/order/order-steps.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';

/** An order in the list: what it is, how far it is, and the way to everything else. */
export function OrderCard({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { money, date } = useFormat();
  const { totals } = order;
  return (
    <Card className="flex flex-col gap-4" data-testid="order-card" data-order-id={order.id}>
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <h2 className="font-semibold break-words">{order.merchantName}</h2>
          <p className="text-sm text-text-muted">
            {date(order.createdAt)} · <bdi>{t('orders.number', { number: orderNumber(order.id) })}</bdi>
          </p>
        </div>
        <div className="sm:text-end">
          <OrderState status={order.status} />
          <p className="figures text-sm font-semibold">{money(totals.totalMinor, totals.currency)}</p>
        </div>
      </header>
      <OrderSteps status={order.status} />
      <OrderLines lines={order.lines} currency={totals.currency} />
      <OrderTracking shipment={order.shipment} />
      <OrderRefund order={order} />
      <Button asChild variant={order.status === 'pending_payment' ? 'accent' : 'outline'} className="w-fit">
        <Link to={`/orders/${order.id}`} data-testid="order-link">
          {order.status === 'pending_payment' ? t('shop.toPayment') : t('orders.details')}
          <ChevronRight aria-hidden className="size-4 rtl:-scale-x-100" />
        </Link>
      </Button>
    </Card>
  );
}
