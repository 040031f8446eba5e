import type { BundlePart } from '@souk/protocol/catalog';
import type { SaleId, VariantId } from '@souk/protocol/ids';

interface Line {
  readonly variantId: VariantId;
  readonly saleId: SaleId | null;
  readonly quantity: number;
  /** Of a bundle: what one of it was made of when it was held. */
  readonly parts?: readonly BundlePart[] | null | undefined;
}

/** Units of one variant that a line takes off the shelves. */
export type Goods = Pick<Line, 'variantId' | 'saleId' | 'quantity'>;

/** What lines take off the shelves: of a bundle, its parts. */
export function goodsOf(lines: readonly Line[]): Goods[] {
  return lines.flatMap(({ variantId, saleId, quantity, parts }) =>
    parts?.length
      ? parts.map((part) => ({ variantId: part.variantId, saleId, quantity: part.quantity * quantity }))
      : [{ variantId, saleId, quantity }],
  );
}
