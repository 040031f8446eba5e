import type { SaleId, ShowId, VariantId } from '@souk/protocol/ids';
import type { SaleStatus } from '@souk/protocol/states';
import { and, asc, desc, eq, gt, inArray, lt, lte, ne, or, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../db/database.ts';
import { sales } from '../db/schema/sales.ts';
import type { SaleRow } from '../inventory/pool-sync.ts';

/** The states of a sale that has units set aside for what is to come. */
const openStatuses: SaleStatus[] = ['scheduled', 'announced', 'running'];
const isOpen = inArray(sales.status, openStatuses);

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

/** The sales of a show that have not ended, locked, in the order in which everybody locks sales. */
export async function lockOpenSales(tx: Tx, showId: ShowId): Promise<SaleRow[]> {
  return tx
    .select()
    .from(sales)
    .where(and(eq(sales.showId, showId), isOpen))
    .orderBy(asc(sales.id))
    .for('update');
}

/** The newest sales of a show, whatever their state. */
export async function listSalesOfShow(db: Executor, showId: ShowId, limit: number): Promise<SaleRow[]> {
  return db
    .select()
    .from(sales)
    .where(eq(sales.showId, showId))
    .orderBy(desc(sales.announceAt), desc(sales.id))
    .limit(limit);
}

/** From when to when viewers see a sale, Unix milliseconds. */
interface Span {
  readonly announceAt: number;
  readonly endsAt: number;
}

/** True when viewers would see two sales of a variant in a show at once. `except` is the sale that is asked for. */
export async function overlapsOther(
  tx: Tx,
  { showId, variantId, announceAt, endsAt }: Span & { showId: ShowId; variantId: VariantId },
  except?: SaleId,
): Promise<boolean> {
  const [row] = await tx
    .select({ id: sales.id })
    .from(sales)
    .where(
      and(
        eq(sales.showId, showId),
        eq(sales.variantId, variantId),
        isOpen,
        lt(sales.announceAt, endsAt),
        gt(sales.endsAt, announceAt),
        except === undefined ? undefined : ne(sales.id, except),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** The sales of a variant in a show whose time is up but which nobody has ended yet. */
export async function findOverdueSales(
  db: Executor,
  showId: ShowId,
  variantId: VariantId,
  now: number,
): Promise<SaleRow[]> {
  return db
    .select()
    .from(sales)
    .where(and(eq(sales.showId, showId), eq(sales.variantId, variantId), isOpen, lte(sales.endsAt, now)));
}

export async function updateSale(
  tx: Tx,
  sale: SaleRow,
  change: Partial<
    Pick<
      SaleRow,
      'status' | 'endReason' | 'units' | 'returned' | 'soldOut' | 'endsAt' | 'endedAt' | 'settleAt'
    >
  >,
  now: number,
): Promise<SaleRow> {
  const changed = { ...change, version: sale.version + 1, updatedAt: now };
  await tx.update(sales).set(changed).where(eq(sales.id, sale.id));
  return { ...sale, ...changed };
}

/** All running sales. */
export async function listRunningSales(db: Executor): Promise<SaleRow[]> {
  return db.select().from(sales).where(eq(sales.status, 'running')).limit(500);
}

/** Sales that should have been announced, or should have begun, before that instant. */
export async function listDueSales(db: Executor, before: number): Promise<SaleRow[]> {
  const due = or(
    and(eq(sales.status, 'scheduled'), lt(sales.announceAt, before)),
    and(eq(sales.status, 'announced'), lt(sales.startsAt, before)),
  );
  return db
    .select()
    .from(sales)
    .where(and(inArray(sales.status, ['scheduled', 'announced']), due))
    .limit(100);
}

/** Ended sales whose settling is overdue and which still have units set aside. */
export async function listUnsettledSales(db: Executor, before: number): Promise<SaleRow[]> {
  return db
    .select()
    .from(sales)
    .where(and(lt(sales.settleAt, before), sql`${sales.claimed} + ${sales.returned} < ${sales.units}`))
    .limit(100);
}
