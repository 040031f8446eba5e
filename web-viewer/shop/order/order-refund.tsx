import type { Order } from '@souk/protocol/http/buying';
import { Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { refundOf } from './refund-state.ts';

/** How much money went back; nothing while none did. */
export function OrderRefund({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const refund = refundOf(order);
  if (refund === 'none') return null;
  const { currency, totalMinor } = order.totals;
  const amount = money(order.payment.refundedMinor, currency);
  return (
    <p
      data-testid="order-refund"
      className="flex items-center gap-3 rounded-small bg-success-soft px-3 py-2.5 text-sm font-medium text-success-text"
    >
      <Undo2 aria-hidden className="size-5 shrink-0 rtl:-scale-x-100" />
      {refund === 'all'
        ? t('orders.refundAll', { amount })
        : t('orders.refundPart', { amount, total: money(totalMinor, currency) })}
    </p>
  );
}
