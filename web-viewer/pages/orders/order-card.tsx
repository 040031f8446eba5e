import type { Order } from '@souk/protocol/http/buying';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { OrderLines } from '../../shop/order/order-lines.tsx';
import { OrderState, OrderTracking } from '../../shop/order/order-state.tsx';
import { OrderSteps } from '../../shop/order/order-steps.tsx';
import { Card } from '../../ui/card.tsx';

/** Short name of an order for people: the end of its id. */
const NUMBER_LENGTH = 8;

export function OrderCard({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { money, date } = useFormat();
  const { totals, payment, address } = order;
  const place = [
    address.line1,
    address.line2,
    `${address.postalCode} ${address.city}`.trim(),
    address.country,
  ];
  return (
    <Card className="flex flex-col gap-4" data-testid="order-card" data-order-id={order.id}>
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <div>
          <h2 className="font-semibold">{order.merchantName}</h2>
          <p className="text-sm text-text-muted">
            {date(order.createdAt)} ·{' '}
            <span dir="ltr">
              {t('orders.number', { number: order.id.slice(-NUMBER_LENGTH).toUpperCase() })}
            </span>
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
      {payment.refundedMinor > 0 && (
        <p className="text-sm font-medium text-success-text">
          {t('orders.refunded', { amount: money(payment.refundedMinor, totals.currency) })}
        </p>
      )}
      <p className="text-sm text-text-muted">
        {t('orders.deliverTo')} <bdi>{[address.name, ...place].filter((part) => part !== '').join(', ')}</bdi>
      </p>
    </Card>
  );
}
