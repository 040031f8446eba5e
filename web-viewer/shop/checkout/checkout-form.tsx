import { Lock } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { SheetBody, SheetFooter } from '../../ui/sheet.tsx';
import type { Cart } from '../cart/use-holds.ts';
import { AddressFields } from './address-fields.tsx';
import { type AddressDraft, loadAddress, saveAddress } from './address-store.ts';
import { CouponField } from './coupon-field.tsx';
import { TotalChange } from './total-change.tsx';
import { Totals } from './totals.tsx';
import { useCheckoutQuote } from './use-checkout-quote.ts';
import { usePlaceOrder } from './use-place-order.ts';

/** Where it goes, what it costs in the end, and one press to order. What was typed stays, whatever happens. */
export function CheckoutForm({ cart }: { cart: Cart }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const [draft, setDraft] = useState(() => loadAddress());
  const { answer, error, isCurrent, renew, merchantId, couponCode } = useCheckoutQuote(cart, draft.country);
  const place = usePlaceOrder();
  const quote = answer?.quote;

  const change = (part: Partial<AddressDraft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    saveAddress(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (quote === undefined || !isCurrent || place.isPending) return;
    place.mutate({ quote, draft, renew });
  };

  const totals = quote?.totals;
  const amount = totals === undefined ? undefined : money(totals.totalMinor, totals.currency);
  return (
    <form onSubmit={submit} className="contents">
      <SheetBody className="flex flex-col gap-6">
        <AddressFields draft={draft} onChange={change} />
        {merchantId !== undefined && (
          <CouponField
            merchantId={merchantId}
            code={couponCode}
            refusal={isCurrent ? (answer?.couponRefusal ?? null) : null}
            isAsking={!isCurrent}
          />
        )}
        <Totals totals={totals} couponCode={quote?.coupon?.code} isStale={!isCurrent} />
      </SheetBody>
      <SheetFooter className="flex flex-col gap-3">
        {isCurrent && answer !== undefined && <TotalChange answer={answer} />}
        <ErrorMessage error={place.error ?? (cart.holds.length > 0 ? error : null)} />
        <Button
          type="submit"
          variant="accent"
          size="large"
          className="w-full"
          data-testid="place-order"
          busy={place.isPending}
          disabled={cart.holds.length === 0 || !isCurrent}
        >
          <Lock aria-hidden className="size-4" />
          {amount === undefined ? t('shop.toPayment') : t('shop.toPaymentOf', { amount })}
        </Button>
      </SheetFooter>
    </form>
  );
}
