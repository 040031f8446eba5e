import type { Hold } from '@souk/protocol/http/buying';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ShoppingBag, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SheetBody, SheetFooter } from '../../ui/sheet.tsx';
import { loadAddress } from '../checkout/address-store.ts';
import { QuotePanel } from '../checkout/quote-panel.tsx';
import { useCheckoutQuote } from '../checkout/use-checkout-quote.ts';
import { OrderLines } from '../order/order-lines.tsx';
import { showCart } from './cart-store.ts';
import { type Cart, holdsKey } from './use-holds.ts';

/** What is kept for the buyer, and the way to pay. */
export function CartPanel({ cart }: { cart: Cart }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const giveBack = useMutation({
    mutationFn: (hold: Hold) => api.call('hold:release', { params: { holdId: hold.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: holdsKey }),
  });
  const [{ country }] = useState(() => loadAddress());
  const quote = useCheckoutQuote(cart, country);
  if (cart.holds.length === 0) {
    return (
      <SheetBody>
        <EmptyState icon={<ShoppingBag />} title={t('shop.cartEmptyTitle')} text={t('shop.cartEmptyText')} />
      </SheetBody>
    );
  }
  return (
    <>
      <SheetBody className="flex flex-col gap-5">
        <ErrorMessage error={giveBack.error ?? quote.error} />
        {cart.holds.map((hold) => (
          <OrderLines
            key={hold.id}
            lines={hold.lines}
            currency={hold.currency}
            action={
              <IconButton
                label={t('shop.giveBack')}
                icon={<Undo2 className="size-5 rtl:-scale-x-100" />}
                disabled={giveBack.isPending}
                onClick={() => giveBack.mutate(hold)}
              />
            }
          />
        ))}
        <QuotePanel quote={quote} />
      </SheetBody>
      <SheetFooter>
        <Button
          variant="accent"
          size="large"
          className="w-full"
          data-testid="checkout"
          onClick={() => showCart({ kind: 'checkout' })}
        >
          {t('shop.checkout')}
        </Button>
      </SheetFooter>
    </>
  );
}
