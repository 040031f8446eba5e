import type { DeskOrder } from '@souk/protocol/http/desk-payments';
import type { MerchantId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { minorUnitDigits } from '@souk/protocol/money';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/session.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { type Attempt, attemptFor } from '../../../shop/checkout/attempt.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorMessage, ErrorNotice } from '../../../ui/error-message.tsx';
import { Field } from '../../../ui/field.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { parseAmountMinor } from '../../studio/parse-amount.ts';

export interface RefundFormProps {
  order: DeskOrder;
  merchantId: MerchantId;
}

/** Pays the order back, whole when no amount is given. The same press sent twice pays back once. */
export function RefundForm({ order, merchantId }: RefundFormProps) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const client = useQueryClient();
  const attempt = useRef<Attempt>(undefined);
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [restock, setRestock] = useState(false);
  const [isUnreadable, setUnreadable] = useState(false);
  const { currency, totalMinor } = order.totals;
  const leftMinor = totalMinor - order.payment.refundedMinor;
  const isPaid = order.payment.status === 'succeeded' || order.payment.status === 'refunded';

  const refunding = useMutation({
    mutationFn: (amountMinor: number | undefined) => {
      const body = { reason, restock, ...(amountMinor === undefined ? {} : { amountMinor }) };
      const params = { merchantId, orderId: order.id };
      attempt.current = attemptFor(attempt.current, body);
      return api.call('order:refund', { params, body }, { idempotencyKey: attempt.current.key });
    },
    onSuccess: () => {
      attempt.current = undefined;
      setAmount('');
      showToast(t('desk.refunded'), { tone: 'success' });
      void client.invalidateQueries({ queryKey: ['desk-orders', merchantId] });
      void client.invalidateQueries({ queryKey: ['stock', merchantId] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const amountMinor =
      amount.trim() === '' ? undefined : parseAmountMinor(amount, minorUnitDigits(currency));
    const isReadable = amount.trim() === '' || amountMinor !== undefined;
    setUnreadable(!isReadable);
    if (isReadable) refunding.mutate(amountMinor);
  };

  if (!isPaid) return <p className="text-sm text-text-muted">{t('desk.notPaid')}</p>;
  if (leftMinor <= 0) return <p className="text-sm text-text-muted">{t('desk.allRefunded')}</p>;
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <Field
        data-testid="refund-amount"
        label={t('desk.refundAmount')}
        hint={t('desk.refundHint', { amount: money(leftMinor, currency) })}
        inputMode="decimal"
        suffix={currency}
        value={amount}
        onChange={(event) => setAmount(event.target.value)}
      />
      <Field
        label={t('desk.refundReason')}
        maxLength={limits.reasonLength}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Switch label={t('desk.restock')} checked={restock} onChange={setRestock} />
      {isUnreadable ? <ErrorNotice code="INVALID_INPUT" /> : <ErrorMessage error={refunding.error} />}
      <Button type="submit" variant="danger-soft" data-testid="refund-submit" busy={refunding.isPending}>
        {t('desk.refund')}
      </Button>
    </form>
  );
}
