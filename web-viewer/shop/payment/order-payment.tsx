import type { Order, PaymentHandle } from '@souk/protocol/http/buying';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeclinedNotice } from './declined-notice.tsx';
import { PayBefore } from './pay-before.tsx';
import { PaymentQueue } from './payment-queue.tsx';
import { SandboxCard } from './sandbox-card.tsx';

// Only shops that take payments by Stripe need its code.
const StripePayment = lazy(async () => ({ default: (await import('./stripe-payment.tsx')).StripePayment }));

export interface OrderPaymentProps {
  order: Order;
  /** The last card was declined; the order still waits for another one. */
  isDeclined: boolean;
  /** A card was handed in: what was said of the one before is settled. */
  onHandedIn: () => void;
}

/** What the buyer has to do for an order that is not paid: wait for the turn, pay, or wait for the bank. */
export function OrderPayment({ order, isDeclined, onHandedIn }: OrderPaymentProps) {
  const { t } = useTranslation();
  const { handle, queue } = order.payment;
  if (order.status !== 'pending_payment') return null;
  if (queue !== null) return <PaymentQueue queue={queue} />;
  if (handle === null || order.payment.status === 'processing') return null;
  return (
    <section className="flex flex-col gap-3" aria-label={t('shop.payment')}>
      <PayBefore order={order} />
      {isDeclined && <DeclinedNotice />}
      <PaymentForm order={order} handle={handle} isDeclined={isDeclined} onHandedIn={onHandedIn} />
    </section>
  );
}

function PaymentForm({ handle, ...rest }: OrderPaymentProps & { handle: PaymentHandle }) {
  switch (handle.gateway) {
    case 'sandbox':
      return <SandboxCard handle={handle} {...rest} />;
    case 'stripe':
      return (
        <Suspense fallback={<Skeleton className="h-64" />}>
          <StripePayment key={handle.clientSecret} handle={handle} {...rest} />
        </Suspense>
      );
  }
}
