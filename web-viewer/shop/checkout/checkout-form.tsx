import { Lock } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { SheetBody, SheetFooter } from '../../ui/sheet.tsx';
import type { Cart } from '../cart/use-holds.ts';
import { OrderLines } from '../order/order-lines.tsx';
import { AddressFields } from './address-fields.tsx';
import { type AddressDraft, loadAddress, saveAddress } from './address-store.ts';
import { QuotePanel } from './quote-panel.tsx';
import { TotalChange } from './total-change.tsx';
import { useCheckoutQuote } from './use-checkout-quote.ts';
import { usePlaceOrder } from './use-place-order.ts';

/** What it costs in the end, where it goes, and one press to order. What was typed stays, whatever happens. */
export function CheckoutForm({ cart }: { cart: Cart }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const [draft, setDraft] = useState(() => loadAddress());
  const checkoutQuote = useCheckoutQuote(cart, draft.country);
  const { answer, error, isCurrent, renew } = checkoutQuote;
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
        <section aria-label={t('shop.summary')} className="flex flex-col gap-4">
          {cart.holds.map((hold) => (
            <OrderLines key={hold.id} lines={hold.lines} currency={hold.currency} small />
          ))}
          <QuotePanel quote={checkoutQuote} />
        </section>
        <AddressFields draft={draft} onChange={change} />
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
