import type { ProductCard } from '@souk/protocol/catalog';
import type { VariantId } from '@souk/protocol/ids';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';

/** A variant of the line-up that a sale can be made of. */
export interface Offer {
  readonly product: ProductCard;
  readonly variantId: VariantId;
  readonly label: string;
  readonly priceMinor: number;
}

/** Every variant of the line-up, in its order. */
export function useOffers(feed: ShowFeed): Offer[] {
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
