import { Lock } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCardNumber } from '../../i18n/formats.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Field } from '../../ui/field.tsx';
import { SheetBody, SheetFooter } from '../../ui/sheet.tsx';
import type { Cart } from '../cart/use-holds.ts';
import { AddressFields } from './address-fields.tsx';
import { type AddressDraft, loadAddress, saveAddress } from './address-store.ts';
import { Totals } from './totals.tsx';
import { usePay } from './use-pay.ts';
import { useTotals } from './use-totals.ts';

const CARD_DIGITS = /^\d{12,19}$/;

/** Address, card, totals, and one press to pay. What was typed stays, whatever happens. */
export function CheckoutForm({ cart }: { cart: Cart }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const [draft, setDraft] = useState(() => loadAddress());
  const [cardNumber, setCardNumber] = useState('');
  const [cardFault, setCardFault] = useState<string>();
  const holdIds = cart.holds.map((hold) => hold.id);
  const totals = useTotals(holdIds, draft.country);
  const pay = usePay();

  const change = (part: Partial<AddressDraft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    saveAddress(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pay.isPending) return;
    const digits = cardNumber.replaceAll(' ', '');
    if (!CARD_DIGITS.test(digits)) return setCardFault(t('shop.cardInvalid'));
    setCardFault(undefined);
    pay.mutate({ holdIds, draft, cardNumber: digits });
  };

  const total = totals.data;
  const amount = total === undefined ? undefined : money(total.totalMinor, total.currency);
  const label = pay.isPending
    ? t('shop.paying')
    : amount === undefined
      ? t('shop.payNow')
      : t('shop.pay', { amount });
  return (
    <form onSubmit={submit} className="contents">
      <SheetBody className="flex flex-col gap-6">
        <AddressFields draft={draft} onChange={change} />
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 text-base font-semibold">{t('shop.payment')}</legend>
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
            error={cardFault}
            hint={t('shop.cardHint')}
          />
        </fieldset>
        <Totals totals={total} />
      </SheetBody>
      <SheetFooter>
        <ErrorMessage error={pay.error ?? totals.error} className="mb-3" />
        <Button
          type="submit"
          variant="accent"
          size="large"
          className="w-full"
          data-testid="pay-now"
          busy={pay.isPending}
          disabled={holdIds.length === 0}
        >
          <Lock aria-hidden className="size-4" />
          {label}
        </Button>
      </SheetFooter>
    </form>
  );
}
