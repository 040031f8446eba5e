import type { DeskOrder } from '@souk/protocol/http/desk-payments';
import type { MerchantId } from '@souk/protocol/ids';
import type { OrderStatus } from '@souk/protocol/states';
import { ChevronDown } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { Badge, type BadgeProps } from '../../../ui/badge.tsx';
import { Price } from '../../../ui/price.tsx';
import { DisputeBadge, DisputeNote } from './dispute.tsx';
import { Delivery, OrderContents } from './order-details.tsx';
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
  /** The one that somebody came for: it stands open and in sight. */
  isNamed?: boolean;
}

/** One order in a line; opened, what is in it, where it goes, and the refund. */
export function OrderRow({ order, merchantId, isNamed = false }: OrderRowProps) {
  const { t } = useTranslation();
  const row = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (isNamed) row.current?.scrollIntoView({ block: 'center' });
  }, [isNamed]);
  const { date } = useFormat();
  return (
    <details
      ref={row}
      open={isNamed}
      data-testid="desk-order"
      data-order-id={order.id}
      className="group rounded-large border border-line bg-surface-raised open:shadow-float"
    >
      <summary className="flex min-h-14 cursor-pointer list-none flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 [&::-webkit-details-marker]:hidden">
        <Badge data-testid="order-status" data-status={order.status} tone={tones[order.status]}>
          {t(`desk.statuses.${order.status}`)}
        </Badge>
        {order.dispute !== null && <DisputeBadge dispute={order.dispute} />}
        <span className="min-w-0 flex-1 truncate font-medium max-sm:order-last max-sm:basis-full">
          <bdi>{order.buyerName}</bdi>
          <span className="ms-2 text-sm font-normal text-text-muted">
            {order.lines.map((line) => `${line.quantity} × ${line.title}`).join(', ')}
          </span>
        </span>
        <span className="text-sm text-text-muted max-sm:order-last max-sm:basis-full">
          {date(order.createdAt)}
        </span>
        <span className="max-sm:ms-auto">
          <Price amountMinor={order.totals.totalMinor} currency={order.totals.currency} />
        </span>
        <ChevronDown
          aria-hidden
          className="size-4 text-text-muted transition-transform group-open:rotate-180"
        />
      </summary>
      <div className="grid gap-6 border-t border-line p-4 md:grid-cols-[1fr_1fr_18rem]">
        {order.dispute !== null && <DisputeNote dispute={order.dispute} currency={order.totals.currency} />}
        <OrderContents order={order} />
        <Delivery order={order} />
        <RefundForm order={order} merchantId={merchantId} />
      </div>
    </details>
  );
}
