import type { ProductCard } from '@souk/protocol/catalog';
import type { Levels } from '@souk/protocol/timeline/levels';

/** Units of a product that can be bought at the ordinary price, over all its variants. */
export function stockOf(product: ProductCard, levels: Levels): number {
  return product.variants.reduce(
    (sum, variant) => sum + (levels.stock?.[variant.id] ?? variant.available),
    0,
  );
}
