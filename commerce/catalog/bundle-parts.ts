import type { VariantId } from '@souk/protocol/ids';
import { sql } from 'drizzle-orm';
import { variants } from '../db/schema/catalog.ts';

/** A part of a bundle with what people read of it, and with how many of it are free. */
export interface PartFacts {
  readonly variantId: VariantId;
  readonly quantity: number;
  readonly sku: string;
  readonly title: string;
  readonly label: string;
  readonly left: number;
}

/** The parts of the variant of the row, in their order; null when it is no bundle. */
export const partsColumn = sql<PartFacts[] | null>`(
  select json_agg(json_build_object('variantId', part.part_id, 'quantity', part.quantity, 'sku', part_variant.sku,
    'title', part_product.title, 'label', part_variant.label,
    'left', coalesce(part_stock.on_hand - part_stock.reserved - part_stock.allocated, 0)) order by part.position)
  from variant_parts part
  join variants part_variant on part_variant.id = part.part_id
  join products part_product on part_product.id = part_variant.product_id
  left join stock part_stock on part_stock.variant_id = part.part_id
  where part.bundle_id = ${variants.id})`;

interface Counts {
  readonly onHand: number;
  readonly reserved: number;
  readonly allocated: number;
}

/** Units that can be sold at the ordinary price: of a bundle, as many as its scarcest part makes. */
export function availableOf(counts: Counts | null, parts: readonly PartFacts[] | null): number {
  if (parts !== null) return countBundles(parts);
  return counts === null ? 0 : counts.onHand - counts.reserved - counts.allocated;
}

/** How many bundles the free units of the parts make. */
export function countBundles(parts: readonly Pick<PartFacts, 'left' | 'quantity'>[]): number {
  return Math.min(...parts.map(({ left, quantity }) => Math.max(0, Math.floor(left / quantity))));
}

/** What a bundle is made of, for people: `2 × Rain jacket · Forest green / M`. */
export function contentsOf(parts: readonly PartFacts[]): string[] {
  return parts.map(({ quantity, title, label }) =>
    label === '' ? `${quantity} × ${title}` : `${quantity} × ${title} · ${label}`,
  );
}
