import type { ProductCard } from '@souk/protocol/catalog';
import type { ShowId, VariantId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { minorUnitDigits } from '@souk/protocol/money';
import { useMutation } from '@tanstack/react-query';
import { Zap } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverClock, useFeed } from '../../api/hub.ts';
import { api } from '../../api/session.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage, ErrorNotice } from '../../ui/error-message.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { amountText, parseAmountMinor } from './parse-amount.ts';
import { loadSaleSettings, saveSaleSettings, suggestedPriceMinor } from './sale-settings.ts';

interface Offer {
  readonly product: ProductCard;
  readonly variantId: VariantId;
  readonly label: string;
  readonly priceMinor: number;
}

interface SaleOrder {
  readonly variantId: VariantId;
  readonly units: number;
  readonly priceMinor: number;
  readonly perBuyerLimit: number;
  readonly seconds: number;
}

export interface SaleFormProps {
  feed: ShowFeed;
  showId: ShowId;
}

/** Starts a flash sale with few presses: the last settings stand there, the pinned product comes first. */
export function SaleForm({ feed, showId }: SaleFormProps) {
  const { t } = useTranslation();
  const offers = useOffers(feed);
  const pinnedId = useFeed(feed, (state) => state.show.pinnedProductId);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [settings] = useState(() => loadSaleSettings());
  const [units, setUnits] = useState(String(settings.units));
  const [seconds, setSeconds] = useState(String(settings.seconds));
  const [limit, setLimit] = useState(String(settings.perBuyerLimit));
  const [typedPrice, setTypedPrice] = useState<string | null>(null);
  const [isUnreadable, setUnreadable] = useState(false);

  const offer =
    offers.find(({ variantId }) => variantId === chosenId) ??
    offers.find(({ product }) => product.id === pinnedId) ??
    offers[0];
  const digits = offer === undefined ? 2 : minorUnitDigits(offer.product.currency);
  const suggested =
    offer === undefined ? '' : amountText(suggestedPriceMinor(settings, offer.priceMinor), digits);
  const price = typedPrice ?? suggested;

  const starting = useMutation({
    mutationFn: (order: SaleOrder) =>
      api.call('sale:start', { params: { showId }, body: { ...order, at: Math.floor(serverClock.now()) } }),
    onSuccess: (_answer, order) => {
      if (offer === undefined) return;
      const priceShare = Math.min(1, order.priceMinor / offer.priceMinor);
      saveSaleSettings({
        units: order.units,
        seconds: order.seconds,
        perBuyerLimit: order.perBuyerLimit,
        priceShare,
      });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const priceMinor = parseAmountMinor(price, digits);
    const order = { units: Number(units), seconds: Number(seconds), perBuyerLimit: Number(limit) };
    const isReadable = priceMinor !== undefined && Object.values(order).every(Number.isSafeInteger);
    setUnreadable(!isReadable);
    if (!isReadable || offer === undefined) return;
    starting.mutate({ ...order, priceMinor, variantId: offer.variantId });
  };
  const choose = (variantId: string): void => {
    setChosenId(variantId);
    setTypedPrice(null);
  };

  return (
    <form onSubmit={submit} noValidate aria-labelledby="sale-title" className="flex flex-col gap-2">
      <h2 id="sale-title" className="text-sm font-semibold">
        {t('studio.flashSale')}
      </h2>
      <Select
        data-testid="sale-variant"
        label={t('studio.saleVariant')}
        labelHidden
        value={(offer?.variantId ?? '') as string}
        options={offers.map((each) => ({ value: each.variantId as string, label: each.label }))}
        onChange={choose}
      />
      <div className="grid grid-cols-2 gap-2">
        <Field
          data-testid="sale-price"
          label={t('studio.salePrice')}
          inputMode="decimal"
          value={price}
          suffix={offer?.product.currency}
          onChange={(event) => setTypedPrice(event.target.value)}
        />
        <Field
          data-testid="sale-units"
          label={t('studio.saleUnits')}
          type="number"
          min={1}
          max={limits.saleUnits}
          value={units}
          onChange={(event) => setUnits(event.target.value)}
        />
        <Field
          data-testid="sale-seconds"
          label={t('studio.saleSeconds')}
          type="number"
          min={limits.saleSecondsMin}
          max={limits.saleSecondsMax}
          value={seconds}
          onChange={(event) => setSeconds(event.target.value)}
        />
        <Field
          data-testid="sale-limit"
          label={t('studio.saleLimit')}
          type="number"
          min={1}
          max={limits.lineQuantity}
          value={limit}
          onChange={(event) => setLimit(event.target.value)}
        />
      </div>
      {isUnreadable ? <ErrorNotice code="INVALID_INPUT" /> : <ErrorMessage error={starting.error} />}
      <Button
        type="submit"
        variant="solid"
        data-testid="sale-start"
        busy={starting.isPending}
        disabled={offer === undefined}
      >
        <Zap aria-hidden className="size-4" />
        {t('studio.startSale')}
      </Button>
    </form>
  );
}

function useOffers(feed: ShowFeed): Offer[] {
  const lineup = useFeed(feed, (state) => state.show.lineup);
  return lineup.flatMap((product) =>
    product.variants.map((variant) => ({
      product,
      variantId: variant.id,
      priceMinor: variant.priceMinor,
      label: variant.label === '' ? product.title : `${product.title} – ${variant.label}`,
    })),
  );
}
