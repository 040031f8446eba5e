import type { BundlePart } from '@souk/protocol/catalog';
import type { VariantId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { asc, eq } from 'drizzle-orm';
import type { Executor, Tx } from '../db/database.ts';
import { variantParts } from '../db/schema/catalog.ts';
import type { HoldStore } from '../inventory/hold-store.ts';
import { type Movement, moveStock } from '../inventory/move-stock.ts';
import { type PoolNames, type SaleRow, stockPool } from '../inventory/pool-sync.ts';

/** No stock has more units than this, so more need not be asked for. */
const MAX_UNITS = 1_000_000_000;

type SaleUnits = Pick<SaleRow, 'id' | 'variantId' | 'parts'>;

/** The parts of a bundle as they are now; null when the variant is none. */
export async function findParts(db: Executor, variantId: VariantId): Promise<BundlePart[] | null> {
  const parts = await db
    .select({ variantId: variantParts.partId, quantity: variantParts.quantity })
    .from(variantParts)
    .where(eq(variantParts.bundleId, variantId))
    .orderBy(asc(variantParts.position), asc(variantParts.partId));
  return parts.length === 0 ? null : parts;
}

/** What the stock goes through when `units` of a sale move: of a bundle, its parts as they were set aside. */
export function movementsOf(sale: SaleUnits, units: number, reason: string): Movement[] {
  if (units === 0) return [];
  const parts = sale.parts ?? [{ variantId: sale.variantId, quantity: 1 }];
  return parts.map(({ variantId, quantity }) => ({
    variantId,
    quantity: units * quantity,
    saleId: sale.id,
    reason,
  }));
}

/** The pools that change with a sale. */
export function poolsOfSale(sale: SaleUnits): PoolNames {
  const variantIds = sale.parts?.map(({ variantId }) => variantId) ?? [sale.variantId];
  return { variantIds, saleIds: [sale.id] };
}

/**
 * Sets units aside for a sale. Units that buyers hold at the ordinary price are spoken for, though PostgreSQL does not
 * know of them yet. Throws AppError INSUFFICIENT_STOCK; the transaction must then be rolled back.
 */
export async function setAside(
  { holds, clock }: { readonly holds: Pick<HoldStore, 'counts'>; readonly clock: Clock },
  tx: Tx,
  sale: SaleUnits & Pick<SaleRow, 'merchantId'>,
  units: number,
): Promise<void> {
  const movements = movementsOf(sale, units, '');
  if (movements.some(({ quantity }) => quantity > MAX_UNITS)) throw new AppError('INSUFFICIENT_STOCK');
  const after = await moveStock(tx, 'allocate', movements, { now: clock.now() });
  const counts = await holds.counts(
    sale.merchantId,
    after.map(({ variantId }) => variantId),
  );
  const lacks = after.some((row) => stockPool(row).supply < (counts.get(row.variantId)?.held ?? 0));
  if (lacks) throw new AppError('INSUFFICIENT_STOCK');
}
