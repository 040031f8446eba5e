import type { BundlePart } from '@souk/protocol/catalog';
import type { SaleId, VariantId } from '@souk/protocol/ids';
import type { PoolLine } from './hold-store.ts';

/** A line of a cart, as far as it draws on pools. */
export interface DrawingLine {
  readonly variantId: VariantId;
  readonly saleId: SaleId | null;
  readonly quantity: number;
  readonly parts?: readonly BundlePart[] | undefined;
}

/**
 * The pools that a cart draws on, each once: a sale's own, a variant's, or those of a bundle's parts. A part that is
 * also wanted by itself, or by two bundles, is counted together.
 */
export function toPoolLines(lines: readonly DrawingLine[]): PoolLine[] {
  const byPool = new Map<string, PoolLine>();
  for (const line of lines.flatMap(drawOn)) {
    const quantity = (byPool.get(line.pool)?.quantity ?? 0) + line.quantity;
    byPool.set(line.pool, { ...line, quantity });
  }
  return [...byPool.values()];
}

function drawOn({ variantId, saleId, quantity, parts = [] }: DrawingLine): PoolLine[] {
  if (saleId !== null) return [{ pool: saleId, saleId, quantity }];
  if (parts.length === 0) return [{ pool: variantId, saleId: '', quantity }];
  return parts.map((part) => ({ pool: part.variantId, saleId: '', quantity: part.quantity * quantity }));
}
