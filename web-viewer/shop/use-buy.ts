import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import type { ShowId } from '@souk/protocol/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../api/session.ts';
import { useFormat } from '../i18n/use-format.ts';
import { showToast } from '../ui/toast.tsx';
import { showCart } from './cart/cart-store.ts';
import { holdSpanMs, holdsKey } from './cart/use-holds.ts';
import type { Offer } from './offer.ts';

/** Takes one unit of an offer: it is held, and the cart opens. */
export function useBuy(showId: ShowId) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const { money } = useFormat();
  return useMutation({
    mutationFn: ({ variant, sale }: Offer) =>
      api.call('hold:take', {
        params: { showId },
        body: { lines: [{ variantId: variant.id, saleId: sale?.saleId ?? null, quantity: 1 }] },
      }),
    onSuccess: ({ hold, serverTime }, offer) => {
      holdSpanMs(hold);
      client.setQueryData<HttpResponse<'hold:list'>>(holdsKey, (old) => ({
        holds: [...(old?.holds ?? []).filter((known) => known.id !== hold.id), hold],
        serverTime,
      }));
      const price = hold.lines[0]?.unitPriceMinor;
      if (price !== undefined && price !== offer.priceMinor) {
        showToast(t('shop.priceChanged', { price: money(price, hold.currency) }));
      }
      showCart({ kind: 'cart' });
    },
  });
}
