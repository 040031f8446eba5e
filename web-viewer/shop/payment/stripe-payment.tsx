import type { Order } from '@souk/protocol/http/buying';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { orderKey } from '../order/use-order.ts';
import { PayButton } from './pay-button.tsx';
import { faultOf, type StripeFault } from './stripe-fault.ts';
import { type StripeForm, type StripeHandle, useStripeForm } from './use-stripe-form.ts';

export interface StripePaymentProps {
  order: Order;
  handle: StripeHandle;
  isDeclined: boolean;
  onHandedIn: () => void;
}

/** Stripe's own form for cards, wallets and whatever else the shop accepts. The order's state has the last word. */
export function StripePayment({ order, handle, isDeclined, onHandedIn }: StripePaymentProps) {
  const { i18n } = useTranslation();
  const client = useQueryClient();
  const place = useRef<HTMLDivElement>(null);
  const [attempt, setAttempt] = useState(0);
  const form = useStripeForm({ handle, language: i18n.language, place, attempt });
  const pay = useMutation({
    mutationFn: (ready: Extract<StripeForm, { kind: 'ready' }>) => confirm(ready, order.id),
    onMutate: onHandedIn,
    onSettled: () => client.invalidateQueries({ queryKey: orderKey(order.id) }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (form.kind === 'ready' && !pay.isPending) pay.mutate(form);
  };
  const isWithBank = pay.data === null && !isDeclined;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {form.kind === 'loading' && <Skeleton className="h-64" />}
      <div ref={place} data-testid="stripe-form" className={form.kind === 'ready' ? undefined : 'sr-only'} />
      {form.kind === 'failed' && <NotLoaded onRetry={() => setAttempt(attempt + 1)} />}
      {pay.isError && <ErrorNotice code="PAYMENT_UNAVAILABLE" />}
      {pay.data !== null && pay.data !== undefined && !pay.isPending && !isDeclined && (
        <FaultNotice fault={pay.data} />
      )}
      <PayButton totals={order.totals} busy={pay.isPending || isWithBank} disabled={form.kind !== 'ready'} />
    </form>
  );
}

/** Null when the payment went to the bank; the order's state tells the rest. */
async function confirm(
  { stripe, elements }: Extract<StripeForm, { kind: 'ready' }>,
  orderId: string,
): Promise<StripeFault | null> {
  const { error } = await stripe.confirmPayment({
    elements,
    confirmParams: { return_url: new URL(`/orders/${orderId}`, window.location.origin).href },
    redirect: 'if_required',
  });
  return error === undefined ? null : faultOf(error);
}

function FaultNotice({ fault }: { fault: StripeFault }) {
  const { t } = useTranslation();
  if (fault.kind === 'unavailable') return <ErrorNotice code="PAYMENT_UNAVAILABLE" />;
  return (
    <p
      role="alert"
      data-testid="payment-fault"
      className="rounded-small bg-danger-soft px-3 py-2.5 text-sm text-danger-text"
    >
      {fault.kind === 'said' ? <bdi>{fault.text}</bdi> : t('shop.declinedRetry')}
    </p>
  );
}

function NotLoaded({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <ErrorNotice
      code="PAYMENT_UNAVAILABLE"
      action={
        <Button variant="outline" size="small" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      }
    />
  );
}
