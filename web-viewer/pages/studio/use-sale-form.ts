import type { ShowId, VariantId } from '@souk/protocol/ids';
import { minorUnitDigits } from '@souk/protocol/money';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { serverClock, useFeed } from '../../api/hub.ts';
import { api } from '../../api/session.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { amountText } from './parse-amount.ts';
import { readSale, type SaleFields, type SaleOrder } from './sale-order.ts';
import {
  loadSaleSettings,
  type SaleSettings,
  saveSaleSettings,
  suggestedPriceMinor,
} from './sale-settings.ts';
import { useOffers } from './use-offers.ts';

function fieldsOf(settings: SaleSettings): Omit<SaleFields, 'price'> {
  return {
    units: String(settings.units),
    seconds: String(settings.seconds),
    perBuyerLimit: String(settings.perBuyerLimit),
    countdown: String(settings.countdownSeconds),
    totalLimit: '',
    startsAt: '',
  };
}

/** What stands in the form of a sale, and the way to start or schedule it. The last settings stand there first. */
export function useSaleForm(feed: ShowFeed, showId: ShowId, onDone: () => void = () => {}) {
  const client = useQueryClient();
  const offers = useOffers(feed);
  const pinnedId = useFeed(feed, (state) => state.show.pinnedProductId);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [settings] = useState(() => loadSaleSettings());
  const [typed, setTyped] = useState(() => fieldsOf(settings));
  const [typedPrice, setTypedPrice] = useState<string | null>(null);
  const [isUnreadable, setUnreadable] = useState(false);

  const offer =
    offers.find(({ variantId }) => variantId === chosenId) ??
    offers.find(({ product }) => product.id === pinnedId) ??
    offers[0];
  const digits = offer === undefined ? 2 : minorUnitDigits(offer.product.currency);
  const suggested =
    offer === undefined ? '' : amountText(suggestedPriceMinor(settings, offer.priceMinor), digits);
  const fields: SaleFields = { ...typed, price: typedPrice ?? suggested };

  const starting = useMutation({
    mutationFn: ({ order, variantId }: { order: SaleOrder; variantId: VariantId }) => {
      // A start without a schedule happened when it was pressed, not when it arrived.
      const at = order.startsAt === undefined ? { at: Math.floor(serverClock.now()) } : {};
      return api.call('sale:start', { params: { showId }, body: { ...order, variantId, ...at } });
    },
    onSuccess: (_answer, { order }) => {
      const { units, seconds, perBuyerLimit, countdownSeconds } = order;
      const priceShare = offer === undefined ? 1 : Math.min(1, order.priceMinor / offer.priceMinor);
      saveSaleSettings({ units, seconds, perBuyerLimit, countdownSeconds, priceShare });
      setTyped((present) => ({ ...present, startsAt: '', totalLimit: '' }));
      void client.invalidateQueries({ queryKey: ['sales', showId] });
      onDone();
    },
  });

  return {
    offers,
    offer,
    fields,
    starting,
    isUnreadable,
    change: ({ price, ...others }: Partial<SaleFields>) => {
      if (price !== undefined) setTypedPrice(price);
      setTyped((present) => ({ ...present, ...others }));
    },
    choose: (variantId: string) => {
      setChosenId(variantId);
      setTypedPrice(null);
    },
    submit(mustBeScheduled: boolean): void {
      const order = readSale(fields, digits);
      const isReadable = order !== undefined && (!mustBeScheduled || order.startsAt !== undefined);
      setUnreadable(!isReadable);
      if (isReadable && offer !== undefined) starting.mutate({ order, variantId: offer.variantId });
    },
  };
}

export type SaleForming = ReturnType<typeof useSaleForm>;
