import type { Order } from '@souk/protocol/http/buying';
import { useTranslation } from 'react-i18next';
import { Countdown } from '../../ui/countdown.tsx';
import { HoldRing } from '../../ui/hold-ring.tsx';

/** How long the units are kept for this payment, as a ring and in words. */
export function PayBefore({ order }: { order: Order }) {
  const { t } = useTranslation();
  if (order.payBefore === null) return null;
  return (
    <p className="flex items-center gap-3 rounded-small bg-accent-soft px-3 py-2 text-sm">
      <HoldRing expiresAt={order.payBefore} totalMs={order.payBefore - order.createdAt} className="size-9" />
      <span>
        <span className="block font-medium">
          {t('shop.payWithin')} <Countdown endsAt={order.payBefore} urgentMs={30_000} className="text-base" />
        </span>
        <span className="block text-text-muted">{t('shop.payWithinNote')}</span>
      </span>
    </p>
  );
}
