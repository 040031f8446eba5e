import type { DeskOrder } from '@souk/protocol/http/desk-payments';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { OrderAddress } from '../../../shop/order/order-address.tsx';
import { orderNumber } from '../../../shop/order/order-number.ts';
import { Price } from '../../../ui/price.tsx';

/** What is in the order, and what it costs. */
export function OrderContents({ order }: { order: DeskOrder }) {
  const { t } = useTranslation();
  const discountLabel =
    order.couponCode === null ? t('desk.discount') : t('desk.discountBy', { code: order.couponCode });
  const { currency, itemsMinor, discountMinor, shippingMinor, dutiesMinor, taxMinor, totalMinor } =
    order.totals;
  const figures = [
    { label: t('desk.items'), amountMinor: itemsMinor },
    ...(discountMinor > 0 ? [{ label: discountLabel, amountMinor: -discountMinor }] : []),
    { label: t('desk.shipping'), amountMinor: shippingMinor },
    ...(dutiesMinor > 0 ? [{ label: t('desk.duties'), amountMinor: dutiesMinor }] : []),
    { label: t('desk.taxIncluded'), amountMinor: taxMinor },
  ];
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
        {figures.map(({ label, amountMinor }) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>
              <Price amountMinor={amountMinor} currency={currency} />
            </dd>
          </Fragment>
        ))}
        <dt className="font-semibold text-text">{t('desk.total')}</dt>
        <dd className="text-text">
          <Price amountMinor={totalMinor} currency={currency} />
        </dd>
      </dl>
    </section>
  );
}

/** Where the order goes, and how far it is. */
export function Delivery({ order }: { order: DeskOrder }) {
  const { t } = useTranslation();
  const { address, shipment } = order;
  return (
    <section className="flex flex-col gap-3 text-sm">
      <div>
        <h3 className="font-medium text-text-muted">{t('desk.shipTo')}</h3>
        <OrderAddress address={address} />
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
        <bdi>{t('orders.number', { number: orderNumber(order.id) })}</bdi>
      </p>
    </section>
  );
}
