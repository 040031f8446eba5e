import type { ShowId } from '@souk/protocol/ids';
import type { Audience, Onlooker } from '@souk/protocol/timeline/entries';
import { and, asc, eq, getTableColumns, inArray, like, or, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { auditLog } from '../db/schema/moderation.ts';
import { timelineEntries } from '../db/schema/outbox.ts';
import { shows } from '../db/schema/shows.ts';

/** An entry as it was written; its type may be one that this version does not know. */
export interface StoredEntry {
  readonly id: string;
  readonly at: number;
  readonly type: string;
  readonly audience: string;
  readonly data: Record<string, unknown>;
}

/**
 * The epoch that counts in the archive of a show: the oldest of those that saw the show end, because a younger one began
 * after a loss and knows less. Null while no end is archived; undefined for an unknown show.
 */
export async function findArchivedEpoch(orm: Executor, showId: ShowId): Promise<string | null | undefined> {
  const epoch = sql<string | null>`(
    SELECT e.epoch FROM timeline_entries e WHERE e.show_id = ${shows.id} AND e.type = 'show:ended'
    ORDER BY e.entry_ms, e.entry_seq LIMIT 1)`;
  const [row] = await orm.select({ epoch }).from(shows).where(eq(shows.id, showId));
  return row?.epoch;
}

/** What the archive has after an id, oldest first, as far as this onlooker may know it. */
export async function readArchive(
  orm: Executor,
  showId: ShowId,
  page: { epoch: string; after: string; limit: number; onlooker: Onlooker },
): Promise<StoredEntry[]> {
  const { showId: _, epoch: __, entryMs, entrySeq, entryId, ...columns } = getTableColumns(timelineEntries);
  const [afterMs = '0', afterSeq = '0'] = page.after.split('-');
  const rows = await orm
    .select({ id: entryId, ...columns })
    .from(timelineEntries)
    .where(
      and(
        eq(timelineEntries.showId, showId),
        eq(timelineEntries.epoch, page.epoch),
        sql`(${entryMs}, ${entrySeq}) > (${afterMs}::bigint, ${afterSeq}::bigint)`,
        isHeardBy(page.onlooker),
      ),
    )
    .orderBy(asc(entryMs), asc(entrySeq))
    .limit(page.limit);
  return rows as StoredEntry[];
}

/** The protocol's `mayHear` for the database. */
function isHeardBy({ userId, isStaff }: Onlooker): SQL | undefined {
  const told: Audience[] = ['all', `user:${userId}`, `staff+user:${userId}`];
  const isTold = inArray(timelineEntries.audience, told);
  return isStaff ? or(isTold, like(timelineEntries.audience, 'staff%')) : isTold;
}

/** Of these messages, those that a moderator has deleted: their text may still lie where the relay has not been yet. */
export async function findDeletedMessages(
  orm: Executor,
  showId: ShowId,
  messageIds: readonly string[],
): Promise<Set<string>> {
  if (messageIds.length === 0) return new Set();
  const rows = await orm
    .select({ messageId: auditLog.subject })
    .from(auditLog)
    .where(and(isDeletion(showId), inArray(auditLog.subject, [...messageIds])));
  return new Set(rows.flatMap(({ messageId }) => messageId ?? []));
}

/** Takes the texts of deleted messages out of the archive. */
export async function redactArchive(orm: Executor, showId: ShowId): Promise<void> {
  const deleted = orm.select({ messageId: auditLog.subject }).from(auditLog).where(isDeletion(showId));
  await orm
    .delete(timelineEntries)
    .where(
      and(
        eq(timelineEntries.showId, showId),
        eq(timelineEntries.type, 'chat:sent'),
        inArray(sql`${timelineEntries.data} ->> 'messageId'`, deleted),
      ),
    );
}

const isDeletion = (showId: ShowId): SQL | undefined =>
  and(eq(auditLog.showId, showId), eq(auditLog.action, 'message:delete'));
