import type { SizeMm } from '@souk/protocol/http/catalog';
import type { ProductId, VariantId } from '@souk/protocol/ids';

/** A variant as it stands while the rows of a chunk are gone through. */
export interface StateVariant {
  readonly id: VariantId;
  readonly productId: ProductId;
  readonly sku: string;
  readonly label: string;
  readonly options: Readonly<Record<string, string>>;
  readonly priceMinor: number;
  readonly weightGrams: number;
  readonly sizeMm: SizeMm | null;
  readonly position: number;
  /** It, or its product, is out of the shop. */
  readonly isArchived: boolean;
  /** Among the variants that its product has; not when it was archived by itself. */
  readonly isCounted: boolean;
  readonly onHand: number;
  /** Units that orders have claimed, or sales have set aside. */
  readonly promised: number;
  /** Empty unless it is a bundle. */
  readonly parts: readonly { readonly sku: string; readonly quantity: number }[];
  /** What keeps it from becoming a bundle: it is a part of one, or in a sale. */
  readonly isPart: boolean;
  readonly isInSale: boolean;
}

export interface StateProduct {
  readonly id: ProductId;
  readonly title: string;
  readonly description: string;
  readonly isArchived: boolean;
  readonly variants: number;
  /** Position of the next variant. */
  readonly nextPosition: number;
  /** Rows of this file call it by different titles. */
  readonly isTitleUnclear: boolean;
}

/** The part of a catalogue that the rows of a chunk touch. */
export interface ImportState {
  readonly variants: Map<string, StateVariant>;
  readonly products: Map<ProductId, StateProduct>;
  /** Title → the first product that is for sale under it. */
  readonly byTitle: Map<string, ProductId>;
}

/** What the rows of a chunk change. */
export interface ImportPlan {
  readonly newProducts: Set<ProductId>;
  readonly changedProducts: Set<ProductId>;
  readonly newVariants: Set<string>;
  readonly changedVariants: Set<string>;
  readonly newParts: Set<string>;
  /** SKU → units that the stock is to be changed by. */
  readonly moves: Map<string, number>;
}

export const createPlan = (): ImportPlan => ({
  newProducts: new Set(),
  changedProducts: new Set(),
  newVariants: new Set(),
  changedVariants: new Set(),
  newParts: new Set(),
  moves: new Map(),
});
