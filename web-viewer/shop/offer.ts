import type { ProductCard, VariantCard } from '@souk/protocol/catalog';
import type { Levels } from '@souk/protocol/timeline/levels';
import { comingSales, runningSales } from '@souk/protocol/timeline/reducer';
import type { SaleState, ShowState } from '@souk/protocol/timeline/state';

/** The sales that viewers see at one instant. */
export interface OpenSales {
  /** They can be bought from, the soonest to end first. */
  readonly running: readonly SaleState[];
  /** Their countdown runs, the soonest to start first. */
  readonly coming: readonly SaleState[];
}

export function openSalesAt(show: Pick<ShowState, 'sales'>, now: number): OpenSales {
  return { running: runningSales(show, now), coming: comingSales(show, now) };
}

/** What can be bought of one variant right now or in a moment, and for how much. */
export interface Offer {
  readonly product: ProductCard;
  readonly variant: VariantCard;
  /** The flash sale that applies, if one runs or is about to. */
  readonly sale: SaleState | undefined;
  /** The sale has not begun: nothing can be bought from it yet. */
  readonly isComing: boolean;
  readonly priceMinor: number;
  /** Units that nobody holds or has bought, as far as this page has heard. */
  readonly left: number;
}

/** The units of a sale that are left. */
export function unitsLeft(sale: SaleState, levels: Levels): number {
  if (sale.soldOut) return 0;
  return levels.unitsLeft?.[sale.saleId] ?? sale.units;
}

/** The offer of one variant: that of the sale that runs on it, else of one that is about to, else the ordinary one. */
export function offerOf(
  product: ProductCard,
  variant: VariantCard,
  { running, coming }: OpenSales,
  levels: Levels,
): Offer {
  const ofVariant = (sale: SaleState): boolean => sale.variantId === variant.id;
  const open = running.find(ofVariant);
  const sale = open ?? coming.find(ofVariant);
  if (sale === undefined) {
    const left = levels.stock?.[variant.id] ?? variant.available;
    return { product, variant, sale, isComing: false, priceMinor: variant.priceMinor, left };
  }
  const { priceMinor } = sale;
  return { product, variant, sale, isComing: open === undefined, priceMinor, left: unitsLeft(sale, levels) };
}

/** The variant to show first: one on sale, one that is about to be, else the first that is left, else the first. */
export function preferredVariant(
  product: ProductCard,
  sales: OpenSales,
  levels: Levels,
): VariantCard | undefined {
  const { variants } = product;
  const onSale = (list: readonly SaleState[]) =>
    variants.find((variant) => list.some((sale) => sale.variantId === variant.id));
  return (
    onSale(sales.running) ??
    onSale(sales.coming) ??
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

/** The products in the spotlight: those on sale first, then those about to be, then the pinned one; each once. */
export function spotlights(
  show: Pick<ShowState, 'lineup' | 'pinnedProductId'>,
  { running, coming }: OpenSales,
): Spotlight[] {
  const runningIds = new Set(running.map((sale) => sale.productId));
  const comingIds = new Set(coming.map((sale) => sale.productId));
  const rankOf = ({ id }: ProductCard): number => (runningIds.has(id) ? 0 : comingIds.has(id) ? 1 : 2);
  const pinned = show.pinnedProductId;
  return show.lineup
    .filter((product) => rankOf(product) < 2 || product.id === pinned)
    .sort((a, b) => rankOf(a) - rankOf(b))
    .map((product) => ({ product, pinned: product.id === pinned, onSale: rankOf(product) < 2 }));
}
