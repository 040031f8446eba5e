import type { HoldId, SaleId, UserId } from '@souk/protocol/ids';
import type { WaitlistStatus } from '@souk/protocol/states';
import { and, asc, count, eq, inArray } from 'drizzle-orm';
import type { Executor, Tx } from '../db/database.ts';
import { waitlistEntries } from '../db/schema/sales.ts';

export type WaitlistRow = typeof waitlistEntries.$inferSelect;

const isActive = inArray(waitlistEntries.status, ['waiting', 'offered']);

/** How many buyers wait for a unit of each sale; a sale for which nobody waits is left out. */
export async function countWaiting(db: Executor, saleIds: readonly SaleId[]): Promise<Map<SaleId, number>> {
  if (saleIds.length === 0) return new Map();
  const rows = await db
    .select({ saleId: waitlistEntries.saleId, waiting: count() })
    .from(waitlistEntries)
    .where(and(inArray(waitlistEntries.saleId, [...saleIds]), eq(waitlistEntries.status, 'waiting')))
    .groupBy(waitlistEntries.saleId);
  return new Map(rows.map(({ saleId, waiting }) => [saleId, waiting]));
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

/** Those who wait for a sale, the next first. */
export async function listNext(db: Executor, saleId: SaleId, limit: number): Promise<WaitlistRow[]> {
  return db
    .select()
    .from(waitlistEntries)
    .where(and(eq(waitlistEntries.saleId, saleId), eq(waitlistEntries.status, 'waiting')))
    .orderBy(asc(waitlistEntries.seq))
    .limit(limit);
}

/** Changes an entry that is still in the state in which it was read; undefined when it is not any more. */
export async function changeEntry(
  tx: Tx | Executor,
  entry: WaitlistRow,
  change: { status?: WaitlistStatus; holdId?: HoldId; offerExpiresAt?: number | null },
  now: number,
): Promise<WaitlistRow | undefined> {
  const [changed] = await tx
    .update(waitlistEntries)
    .set({ ...change, updatedAt: now })
    .where(and(eq(waitlistEntries.seq, entry.seq), eq(waitlistEntries.status, entry.status)))
    .returning();
  return changed;
}
