import type { ProductCard } from '@souk/protocol/catalog';
import type { VariantId } from '@souk/protocol/ids';
import { useState } from 'react';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { type Offer, offerOf, preferredVariant } from '../../../shop/offer.ts';
import { useOpenSales } from '../../../shop/use-sales.ts';

export interface ChosenOffer {
  readonly offer: Offer;
  choose(variantId: VariantId): void;
}

/** The offer of a product's chosen variant: one on sale first, until the viewer chooses another. */
export function useOffer(feed: ShowFeed, product: ProductCard): ChosenOffer | undefined {
  const sales = useOpenSales(feed);
  const unitsLeft = useFeed(feed, (state) => state.levels.unitsLeft);
  const stock = useFeed(feed, (state) => state.levels.stock);
  const levels = { unitsLeft, stock };
  const [chosen, setChosen] = useState<VariantId>();
  const variant =
    product.variants.find((candidate) => candidate.id === chosen) ?? preferredVariant(product, sales, levels);
  if (variant === undefined) return undefined;
  return { offer: offerOf(product, variant, sales, levels), choose: setChosen };
}
