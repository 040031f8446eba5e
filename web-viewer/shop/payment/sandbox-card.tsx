import type { Order, PaymentHandle } from '@souk/protocol/http/buying';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/api-error.ts';
import { api } from '../../api/session.ts';
import { formatCardNumber } from '../../i18n/formats.ts';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Field } from '../../ui/field.tsx';
import { orderKey } from '../order/use-order.ts';
import { DeclinedNotice } from './declined-notice.tsx';
import { PayButton } from './pay-button.tsx';

export interface SandboxCardProps {
  order: Order;
  handle: Extract<PaymentHandle, { gateway: 'sandbox' }>;
  /** The bank's word on the card before this one. */
  isDeclined: boolean;
  onHandedIn: () => void;
}

const CARD_DIGITS = /^\d{12,19}$/;
/** No failures of the press: the order's own state tells what has become of the payment. */
const settledElsewhere = new Set<string>(['PAYMENT_IN_PROGRESS', 'ORDER_ALREADY_PAID', 'PAYMENT_DECLINED']);

/** A card for the test shop. The number is never kept. */
export function SandboxCard({ order, handle, isDeclined, onHandedIn }: SandboxCardProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [cardNumber, setCardNumber] = useState('');
  const [fault, setFault] = useState<string>();
  const pay = useMutation({
    mutationFn: async (digits: string) => {
      const { paymentId, clientSecret } = handle;
      const body = { clientSecret, cardNumber: digits };
      return api.call('sandbox:confirm', { params: { paymentId }, body });
    },
    onMutate: onHandedIn,
    onSettled: () => client.invalidateQueries({ queryKey: orderKey(order.id) }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const digits = cardNumber.replaceAll(' ', '');
    const isCard = CARD_DIGITS.test(digits);
    setFault(isCard ? undefined : t('shop.cardInvalid'));
    if (isCard && !pay.isPending) pay.mutate(digits);
  };
  // Handed in: the bank's word comes with the order's next state.
  const isWithBank = pay.data?.status === 'processing' && !isDeclined;
  // The show says so too, where the page follows it.
  const isDeclinedHere = !isDeclined && !pay.isPending && typeof pay.data?.declineCode === 'string';
  const isFailure = !(pay.error instanceof ApiError && settledElsewhere.has(pay.error.code));
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label={t('shop.cardNumber')}
        data-testid="card-number"
        inputMode="numeric"
        autoComplete="cc-number"
        dir="ltr"
        required
        placeholder="4242 4242 4242 4242"
        className="figures"
        value={cardNumber}
        onChange={(event) => setCardNumber(formatCardNumber(event.target.value))}
        error={fault}
        hint={t('shop.cardHint')}
      />
      <ErrorMessage error={isFailure ? pay.error : null} />
      {isDeclinedHere && <DeclinedNotice />}
      <PayButton totals={order.totals} busy={pay.isPending || isWithBank} />
    </form>
  );
}
