import type { SaleId, ShowId, VariantId } from '@souk/protocol/ids';
import { and, asc, eq, lt, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../db/database.ts';
import { sales } from '../db/schema/sales.ts';
import type { SaleRow } from '../inventory/pool-sync.ts';

/** A sale, or undefined. */
export async function findSale(db: Executor, saleId: SaleId): Promise<SaleRow | undefined> {
  const [row] = await db.select().from(sales).where(eq(sales.id, saleId));
  return row;
}

/** A sale with its row locked until the transaction ends. */
export async function lockSale(tx: Tx, saleId: SaleId): Promise<SaleRow | undefined> {
  const [row] = await tx.select().from(sales).where(eq(sales.id, saleId)).for('update');
  return row;
}

/** The running sales of a show, locked, in the order in which everybody locks sales. */
export async function lockRunningSales(tx: Tx, showId: ShowId): Promise<SaleRow[]> {
  return tx
    .select()
    .from(sales)
    .where(and(eq(sales.showId, showId), eq(sales.status, 'running')))
    .orderBy(asc(sales.id))
    .for('update');
}

/** The running sale of a variant in a show, or undefined. */
export async function findRunningSale(
  db: Executor,
  showId: ShowId,
  variantId: VariantId,
): Promise<SaleRow | undefined> {
  const [row] = await db
    .select()
    .from(sales)
    .where(and(eq(sales.showId, showId), eq(sales.variantId, variantId), eq(sales.status, 'running')));
  return row;
}

export async function updateSale(
  tx: Tx,
  sale: SaleRow,
  change: Partial<Pick<SaleRow, 'status' | 'endReason' | 'claimed' | 'returned' | 'endedAt' | 'settleAt'>>,
  now: number,
): Promise<void> {
  const version = sale.version + 1;
  await tx
    .update(sales)
    .set({ ...change, version, updatedAt: now })
    .where(eq(sales.id, sale.id));
}

/** All running sales. */
export async function listRunningSales(db: Executor): Promise<SaleRow[]> {
  return db.select().from(sales).where(eq(sales.status, 'running')).limit(500);
}

/** Ended sales whose settling is overdue and which still have units set aside. */
export async function listUnsettledSales(db: Executor, before: number): Promise<SaleRow[]> {
  return db
    .select()
    .from(sales)
    .where(and(lt(sales.settleAt, before), sql`${sales.claimed} + ${sales.returned} < ${sales.units}`))
    .limit(100);
}
