import type { ProductCard, VariantCard } from '@souk/protocol/catalog';
import type { Levels } from '@souk/protocol/timeline/levels';
import { runningSales } from '@souk/protocol/timeline/reducer';
import type { SaleState, ShowState } from '@souk/protocol/timeline/state';

/** What can be bought of one variant right now, and for how much. */
export interface Offer {
  readonly product: ProductCard;
  readonly variant: VariantCard;
  /** The flash sale that applies, if one runs. */
  readonly sale: SaleState | undefined;
  readonly priceMinor: number;
  /** Units that nobody holds or has bought, as far as this page has heard. */
  readonly left: number;
}

/** The units of a running sale that are left. */
export function unitsLeft(sale: SaleState, levels: Levels): number {
  if (sale.soldOut) return 0;
  return levels.unitsLeft?.[sale.saleId] ?? sale.units;
}

/** The offer of one variant: the sale's, when one runs on it, else the ordinary one. */
export function offerOf(
  product: ProductCard,
  variant: VariantCard,
  sales: readonly SaleState[],
  levels: Levels,
): Offer {
  const sale = sales.find((candidate) => candidate.variantId === variant.id);
  if (sale === undefined) {
    const left = levels.stock?.[variant.id] ?? variant.available;
    return { product, variant, sale, priceMinor: variant.priceMinor, left };
  }
  return { product, variant, sale, priceMinor: sale.priceMinor, left: unitsLeft(sale, levels) };
}

/** The variant to show first: one on sale, else the first that is left, else the first. */
export function preferredVariant(
  product: ProductCard,
  sales: readonly SaleState[],
  levels: Levels,
): VariantCard | undefined {
  const { variants } = product;
  return (
    variants.find((variant) => sales.some((sale) => sale.variantId === variant.id)) ??
    variants.find((variant) => offerOf(product, variant, sales, levels).left > 0) ??
    variants[0]
  );
}

/** A product to show as a card of its own, and why. */
export interface Spotlight {
  readonly product: ProductCard;
  readonly pinned: boolean;
  readonly onSale: boolean;
}

/** The products in the spotlight: those on sale first, then the pinned one; each once. */
export function spotlights(
  show: Pick<ShowState, 'lineup' | 'pinnedProductId' | 'sales'>,
  now: number,
): Spotlight[] {
  const onSale = new Set(runningSales(show, now).map((sale) => sale.productId));
  const pinned = show.pinnedProductId;
  return show.lineup
    .filter((product) => onSale.has(product.id) || product.id === pinned)
    .map((product) => ({ product, pinned: product.id === pinned, onSale: onSale.has(product.id) }))
    .sort((a, b) => Number(b.onSale) - Number(a.onSale));
}
