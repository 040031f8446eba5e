import type { HoldId, SaleId, UserId } from '@souk/protocol/ids';
import type { WaitlistStatus } from '@souk/protocol/states';
import { and, asc, count, desc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { orderHolds } from '../db/schema/orders.ts';
import { sales, waitlistEntries } from '../db/schema/sales.ts';
import type { SaleRow } from '../inventory/pool-sync.ts';

export type WaitlistRow = typeof waitlistEntries.$inferSelect;

const isActive = inArray(waitlistEntries.status, ['waiting', 'offered']);

/** How many buyers wait for a unit of each sale; a sale for which nobody waits is left out. */
export function countWaiting(db: Executor, saleIds: readonly SaleId[]): Promise<Map<SaleId, number>> {
  return countEntries(db, saleIds, eq(waitlistEntries.status, 'waiting'));
}

/**
 * For how many buyers units are kept when Redis knows nothing of the sale: those who wait, and those with an offer, whose
 * holds are lost then.
 */
export function countEntitled(db: Executor, saleIds: readonly SaleId[]): Promise<Map<SaleId, number>> {
  return countEntries(db, saleIds, isActive);
}

/** How many buyers have an offer, as far as PostgreSQL knows. */
export async function countOffered(db: Executor, saleId: SaleId): Promise<number> {
  const offered = await countEntries(db, [saleId], eq(waitlistEntries.status, 'offered'));
  return offered.get(saleId) ?? 0;
}

async function countEntries(
  db: Executor,
  saleIds: readonly SaleId[],
  which: SQL | undefined,
): Promise<Map<SaleId, number>> {
  if (saleIds.length === 0) return new Map();
  const rows = await db
    .select({ saleId: waitlistEntries.saleId, entries: count() })
    .from(waitlistEntries)
    .where(and(inArray(waitlistEntries.saleId, [...saleIds]), which))
    .groupBy(waitlistEntries.saleId);
  return new Map(rows.map(({ saleId, entries }) => [saleId, entries]));
}

/** Where a buyer waits for a sale, or has an offer; undefined when neither. */
export async function findActiveEntry(
  db: Executor,
  saleId: SaleId,
  buyerId: UserId,
): Promise<WaitlistRow | undefined> {
  const mine = and(eq(waitlistEntries.saleId, saleId), eq(waitlistEntries.buyerId, buyerId), isActive);
  const [row] = await db.select().from(waitlistEntries).where(mine);
  return row;
}

/** Writes a buyer down as the last in line; undefined when that buyer waits already. */
export async function insertEntry(
  db: Executor,
  row: Omit<WaitlistRow, 'seq'>,
): Promise<WaitlistRow | undefined> {
  const [written] = await db.insert(waitlistEntries).values(row).onConflictDoNothing().returning();
  return written;
}

/** Those who wait for a sale, the next first, locked: who leaves meanwhile leaves an offer. */
export async function lockNext(db: Executor, saleId: SaleId, limit: number): Promise<WaitlistRow[]> {
  return db
    .select()
    .from(waitlistEntries)
    .where(and(eq(waitlistEntries.saleId, saleId), eq(waitlistEntries.status, 'waiting')))
    .orderBy(asc(waitlistEntries.seq))
    .limit(limit)
    .for('update');
}

/** Changes an entry that is still in the state in which it was read; undefined when it is not any more. */
export async function changeEntry(
  db: Executor,
  entry: WaitlistRow,
  change: { status?: WaitlistStatus; holdId?: HoldId; offerExpiresAt?: number },
  now: number,
): Promise<WaitlistRow | undefined> {
  const [changed] = await db
    .update(waitlistEntries)
    .set({ ...change, updatedAt: now })
    .where(and(eq(waitlistEntries.seq, entry.seq), eq(waitlistEntries.status, entry.status)))
    .returning();
  return changed;
}

/** Every sale that viewers can buy from, or soon can, with how many buyers wait. */
export async function listOpenSales(db: Executor): Promise<{ sale: SaleRow; waiting: number }[]> {
  const rows = await db
    .select()
    .from(sales)
    .where(inArray(sales.status, ['announced', 'running']))
    .limit(500);
  const waiting = await countWaiting(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((sale) => ({ sale, waiting: waiting.get(sale.id) ?? 0 }));
}

/** Sales that have ended and for which buyers still wait. */
export async function listEndedSalesWithWaiting(db: Executor): Promise<SaleId[]> {
  const rows = await db
    .selectDistinct({ saleId: waitlistEntries.saleId })
    .from(waitlistEntries)
    .innerJoin(sales, and(eq(sales.id, waitlistEntries.saleId), eq(sales.status, 'ended')))
    .where(eq(waitlistEntries.status, 'waiting'))
    .limit(100);
  return rows.map(({ saleId }) => saleId);
}

/** What was offered and neither taken nor passed, as far as PostgreSQL knows; the first to expire first. */
export async function listOffered(
  db: Executor,
  limit: number,
): Promise<{ entry: WaitlistRow; sale: SaleRow }[]> {
  return db
    .select({ entry: waitlistEntries, sale: sales })
    .from(waitlistEntries)
    .innerJoin(sales, eq(sales.id, waitlistEntries.saleId))
    .where(eq(waitlistEntries.status, 'offered'))
    .orderBy(asc(waitlistEntries.offerExpiresAt))
    .limit(limit);
}

/** Ends the wait of the first `limit` buyers of a sale that has ended, and gives them back. */
export async function endWaiting(
  db: Executor,
  saleId: SaleId,
  limit: number,
  now: number,
): Promise<WaitlistRow[]> {
  const waiting = and(eq(waitlistEntries.saleId, saleId), eq(waitlistEntries.status, 'waiting'));
  const first = db
    .select({ seq: waitlistEntries.seq })
    .from(waitlistEntries)
    .where(waiting)
    .orderBy(asc(waitlistEntries.seq))
    .limit(limit);
  return db
    .update(waitlistEntries)
    .set({ status: 'sale-ended', updatedAt: now })
    .where(and(inArray(waitlistEntries.seq, first), waiting))
    .returning();
}

/** Ends those of these offers that still stand, and gives them back. */
export async function endOffers(
  db: Executor,
  seqs: readonly number[],
  status: 'accepted' | 'passed',
  now: number,
): Promise<WaitlistRow[]> {
  return db
    .update(waitlistEntries)
    .set({ status, updatedAt: now })
    .where(and(inArray(waitlistEntries.seq, [...seqs]), eq(waitlistEntries.status, 'offered')))
    .returning();
}

/** Which of these holds went into an order. */
export async function findClaimedHolds(
  db: Executor,
  holdIds: readonly HoldId[],
): Promise<ReadonlySet<HoldId>> {
  if (holdIds.length === 0) return new Set();
  const rows = await db
    .select({ holdId: orderHolds.holdId })
    .from(orderHolds)
    .where(inArray(orderHolds.holdId, [...holdIds]));
  return new Set(rows.map(({ holdId }) => holdId));
}

/** The latest entry of a buyer for each sale: where that buyer waits or has an offer, and what ended since that instant. */
export async function listEntriesOf(
  db: Executor,
  buyerId: UserId,
  { endedSince, saleId, limit }: { endedSince: number; saleId?: SaleId; limit: number },
): Promise<{ entry: WaitlistRow; place: number }[]> {
  const latest = db
    .selectDistinctOn([waitlistEntries.saleId])
    .from(waitlistEntries)
    .where(
      and(
        eq(waitlistEntries.buyerId, buyerId),
        saleId === undefined ? undefined : eq(waitlistEntries.saleId, saleId),
      ),
    )
    .orderBy(waitlistEntries.saleId, desc(waitlistEntries.seq))
    .as('latest');
  const before = sql<number>`(select count(*)::int from ${waitlistEntries} w
    where w.sale_id = ${latest.saleId} and w.status = 'waiting' and w.seq <= ${latest.seq})`;
  const rows = await db
    .select({ entry: waitlistEntries, place: before })
    .from(latest)
    .innerJoin(waitlistEntries, eq(waitlistEntries.seq, latest.seq))
    .where(sql`${latest.status} in ('waiting', 'offered') or ${gt(latest.updatedAt, endedSince)}`)
    .orderBy(desc(latest.seq))
    .limit(limit);
  return rows;
}
