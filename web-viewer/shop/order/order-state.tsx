import type { Order } from '@souk/protocol/http/buying';
import type { OrderStatus } from '@souk/protocol/states';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { refundOf, wasPaid } from './refund-state.ts';

const tones = {
  pending_payment: 'text-text-muted',
  paid: 'text-success-text',
  allocated: 'text-success-text',
  dispatched: 'text-success-text',
  in_transit: 'text-success-text',
  delivered: 'text-success-text',
  expired: 'text-danger-text',
  cancelled: 'text-danger-text',
  refunded: 'text-text-muted',
  returned: 'text-text-muted',
} as const satisfies Record<OrderStatus, string>;

/** The state of an order in words. */
export function OrderState({ status }: { status: OrderStatus }) {
  const { t } = useTranslation();
  return (
    <span data-testid="order-status" data-status={status} className={clsx('font-semibold', tones[status])}>
      {t(`orders.status.${status}`)}
    </span>
  );
}

/** What the state means for the buyer: before the payment by what is waited for, and with where the money is. */
export function statusText(order: Pick<Order, 'status' | 'payment' | 'totals'>) {
  const { status, payment } = order;
  if (status === 'cancelled' && wasPaid(order)) {
    return refundOf(order) === 'all' ? 'orders.cancelledRefunded' : 'orders.cancelledPaid';
  }
  if (status !== 'pending_payment' || payment.status === 'processing')
    return `orders.statusText.${status}` as const;
  if (payment.queue !== null) return 'orders.waitsForTurn';
  return payment.handle === null ? 'orders.statusText.pending_payment' : 'orders.waitsForBuyer';
}

/** Carrier and tracking number, once there is a parcel. */
export function OrderTracking({ shipment }: { shipment: Order['shipment'] }) {
  const { t } = useTranslation();
  if (shipment === null) return null;
  return (
    <dl className="flex flex-wrap justify-between gap-x-6 gap-y-1 rounded-small bg-surface-sunken px-3 py-2.5 text-sm">
      <div>
        <dt className="text-text-muted">{t('orders.tracking')}</dt>
        <dd dir="ltr" data-testid="tracking-number" className="figures font-semibold select-all">
          {shipment.trackingNumber}
        </dd>
      </div>
      <div>
        <dt className="text-text-muted">{t('orders.carrier')}</dt>
        <dd className="font-medium">{shipment.carrier}</dd>
      </div>
    </dl>
  );
}
