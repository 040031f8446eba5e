import type { OrderStatus } from '@souk/protocol/states';
import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** How many of the four steps are done in each state; null where the steps do not apply. */
const stepsDone = {
  pending_payment: 0,
  paid: 1,
  allocated: 2,
  dispatched: 3,
  in_transit: 3,
  delivered: 4,
  expired: null,
  cancelled: null,
  refunded: null,
  returned: null,
} as const satisfies Record<OrderStatus, number | null>;

const steps = ['stepPaid', 'stepPacked', 'stepSent', 'stepDelivered'] as const;

/** Where an order stands, as four steps. */
export function OrderSteps({ status }: { status: OrderStatus }) {
  const { t } = useTranslation();
  const done = stepsDone[status];
  if (done === null) return null;
  return (
    <ol aria-label={t('orders.steps')} className="grid grid-cols-4">
      {steps.map((step, index) => (
        <li key={step} className="relative flex flex-col items-center gap-1.5 text-xs">
          {index > 0 && (
            <span
              aria-hidden
              className={clsx(
                'absolute start-[calc(-50%+0.875rem)] end-[calc(50%+0.875rem)] top-3.5 h-0.5 transition-colors duration-(--motion-calm)',
                index < done ? 'bg-success' : 'bg-line',
              )}
            />
          )}
          <span
            className={clsx(
              'figures grid size-7 place-items-center rounded-full font-semibold transition-colors duration-(--motion-calm)',
              index < done ? 'bg-success text-surface' : 'border-2 border-line text-text-muted',
              index === done && 'animate-shimmer border-success',
            )}
          >
            {index < done ? <Check aria-hidden className="size-4" strokeWidth={3} /> : index + 1}
          </span>
          <span className={clsx(index < done ? 'font-medium text-text' : 'text-text-muted')}>
            {t(`orders.${step}`)}
          </span>
        </li>
      ))}
    </ol>
  );
}
