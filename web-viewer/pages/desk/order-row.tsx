import type { DeskOrder } from '@souk/protocol/http/desk';
import type { MerchantId } from '@souk/protocol/ids';
import type { OrderStatus } from '@souk/protocol/states';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { Badge, type BadgeProps } from '../../ui/badge.tsx';
import { Price } from '../../ui/price.tsx';
import { RefundForm } from './refund-form.tsx';

const tones: Record<OrderStatus, NonNullable<BadgeProps['tone']>> = {
  pending_payment: 'neutral',
  paid: 'accent',
  allocated: 'accent',
  dispatched: 'success',
  in_transit: 'success',
  delivered: 'success',
  expired: 'neutral',
  cancelled: 'neutral',
  refunded: 'danger',
  returned: 'danger',
};

export interface OrderRowProps {
  order: DeskOrder;
  merchantId: MerchantId;
}

/** One order in a line; opened, what is in it, where it goes, and the refund. */
export function OrderRow({ order, merchantId }: OrderRowProps) {
  const { t } = useTranslation();
  const { date } = useFormat();
  return (
    <details
      data-testid="desk-order"
      data-order-id={order.id}
      className="group rounded-large border border-line bg-surface-raised open:shadow-float"
    >
      <summary className="flex min-h-14 cursor-pointer list-none flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 [&::-webkit-details-marker]:hidden">
        <Badge data-testid="order-status" data-status={order.status} tone={tones[order.status]}>
          {t(`desk.statuses.${order.status}`)}
        </Badge>
        <span className="min-w-0 flex-1 truncate font-medium">
          {order.buyerName}
          <span className="ms-2 text-sm font-normal text-text-muted">
            {order.lines.map((line) => `${line.quantity} × ${line.title}`).join(', ')}
          </span>
        </span>
        <span className="text-sm text-text-muted">{date(order.createdAt)}</span>
        <Price amountMinor={order.totals.totalMinor} currency={order.totals.currency} />
        <ChevronDown
          aria-hidden
          className="size-4 text-text-muted transition-transform group-open:rotate-180"
        />
      </summary>
      <div className="grid gap-6 border-t border-line p-4 md:grid-cols-[1fr_1fr_18rem]">
        <Lines order={order} />
        <Delivery order={order} />
        <RefundForm order={order} merchantId={merchantId} />
      </div>
    </details>
  );
}

function Lines({ order }: { order: DeskOrder }) {
  const { t } = useTranslation();
  const { currency, shippingMinor, taxMinor, totalMinor } = order.totals;
  return (
    <section className="flex flex-col gap-2 text-sm">
      <ul className="flex flex-col gap-2">
        {order.lines.map((line) => (
          <li key={line.variantId} className="flex items-center gap-3">
            <img
              src={line.pictureUrl}
              alt=""
              className="size-11 rounded-small bg-surface-sunken object-cover"
            />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{line.title}</span>
              <span className="text-text-muted">
                {line.variantLabel} × {line.quantity}
              </span>
            </span>
            <Price amountMinor={line.unitPriceMinor * line.quantity} currency={currency} />
          </li>
        ))}
      </ul>
      <dl className="[&>dd]:text-end grid grid-cols-[1fr_auto] gap-y-1 border-t border-line pt-2 text-text-muted">
        <dt>{t('desk.shipping')}</dt>
        <dd>
          <Price amountMinor={shippingMinor} currency={currency} />
        </dd>
        <dt>{t('desk.taxIncluded')}</dt>
        <dd>
          <Price amountMinor={taxMinor} currency={currency} />
        </dd>
        <dt className="font-semibold text-text">{t('desk.total')}</dt>
        <dd className="text-text">
          <Price amountMinor={totalMinor} currency={currency} />
        </dd>
      </dl>
    </section>
  );
}

function Delivery({ order }: { order: DeskOrder }) {
  const { t } = useTranslation();
  const { address, shipment } = order;
  const place = [
    address.name,
    address.line1,
    address.line2,
    `${address.postalCode} ${address.city}`,
    address.country,
  ];
  return (
    <section className="flex flex-col gap-3 text-sm">
      <div>
        <h3 className="font-medium text-text-muted">{t('desk.shipTo')}</h3>
        <address className="not-italic whitespace-pre-line" dir="auto">
          {place.filter((line) => line.trim() !== '').join('\n')}
        </address>
        {order.email !== null && (
          <p dir="ltr" className="text-start text-text-muted">
            {order.email}
          </p>
        )}
      </div>
      {shipment !== null && (
        <div>
          <h3 className="font-medium text-text-muted">{t('desk.shipment')}</h3>
          <p>
            {shipment.carrier}{' '}
            <bdi data-testid="tracking-number" className="figures font-medium">
              {shipment.trackingNumber}
            </bdi>
          </p>
        </div>
      )}
      <p className="text-xs text-text-muted">
        <bdi>{order.id}</bdi>
      </p>
    </section>
  );
}
