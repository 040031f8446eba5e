import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import type { ShowId } from '@souk/protocol/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { errorCodeOf } from '../api/api-error.ts';
import { serverClock } from '../api/hub.ts';
import { api } from '../api/session.ts';
import { useFormat } from '../i18n/use-format.ts';
import { showToast } from '../ui/toast.tsx';
import { showCart } from './cart/cart-store.ts';
import { holdSpanMs, holdsKey } from './cart/use-holds.ts';
import type { Offer } from './offer.ts';

/** A sale that has just begun by this page's clock may have a moment to go by the server's. */
const EARLY_PAUSES_MS = [100, 200, 400];
const JUST_BEGUN_MS = 2_000;

async function takeUnit(showId: ShowId, { variant, sale }: Offer) {
  const lines = [{ variantId: variant.id, saleId: sale?.saleId ?? null, quantity: 1 }];
  for (const pauseMs of EARLY_PAUSES_MS) {
    try {
      return await api.call('hold:take', { params: { showId }, body: { lines } });
    } catch (error) {
      const isEarly = sale !== undefined && serverClock.now() - sale.startsAt < JUST_BEGUN_MS;
      if (!isEarly || errorCodeOf(error) !== 'SALE_NOT_OPEN') throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return api.call('hold:take', { params: { showId }, body: { lines } });
}

/** Takes one unit of an offer: it is held, and the cart opens. */
export function useBuy(showId: ShowId) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const { money } = useFormat();
  return useMutation({
    mutationFn: (offer: Offer) => takeUnit(showId, offer),
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
    // The answer to an earlier press may have got lost: then the unit is in the cart, and says why there is no other.
    onError: () => client.invalidateQueries({ queryKey: holdsKey }),
  });
}
