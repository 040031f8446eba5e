import type { Order } from '@souk/protocol/http/buying';
import { Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { RollingNumber } from '../../ui/rolling-number.tsx';
import { useServerNow } from '../../ui/use-server-now.ts';

/** The payment service is asked at its own pace: the place in line and the time are said as they are. */
export function PaymentQueue({ queue }: { queue: NonNullable<Order['payment']['queue']> }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const seconds = Math.max(1, Math.ceil((queue.readyAt - useServerNow(500)) / 1_000));
  return (
    <section
      data-testid="payment-queue"
      data-place={queue.place}
      className="flex flex-col items-center gap-3 rounded-large bg-accent-soft px-4 py-6 text-center"
    >
      <Users aria-hidden className="size-6 animate-shimmer text-accent-text" />
      <p className="text-lg font-semibold" aria-live="polite">
        <RollingNumber
          value={queue.place}
          format={(place) => t('shop.queuePlace', { count: place, ordinal: true, formatted: count(place) })}
        />
      </p>
      <p className="figures text-sm text-text-muted">
        {t('shop.queueWait', { count: seconds, formatted: count(seconds) })}
      </p>
      <p className="text-sm">{t('shop.queueSafe')}</p>
    </section>
  );
}
