import type { MessageId, ShowId } from '@souk/protocol/ids';
import { type Audience, BEGINNING, type Onlooker } from '@souk/protocol/timeline/entries';
import { and, asc, eq, getTableColumns, inArray, like, or, type SQL, sql } from 'drizzle-orm';
import type { PoolClient } from 'pg';
import type { Database, Executor } from '../db/database.ts';
import { deletedMessages } from '../db/schema/moderation.ts';
import { timelineEntries } from '../db/schema/outbox.ts';
import { shows } from '../db/schema/shows.ts';
import type { ArchiveCursor } from './archive-batch.ts';

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

/** Of these messages, those that were deleted: their text may still lie where the relay has not been yet. */
export async function findDeletedMessages(
  orm: Executor,
  showId: ShowId,
  messageIds: readonly MessageId[],
): Promise<ReadonlySet<string>> {
  if (messageIds.length === 0) return new Set();
  const rows = await orm
    .select({ messageId: deletedMessages.messageId })
    .from(deletedMessages)
    .where(and(eq(deletedMessages.showId, showId), inArray(deletedMessages.messageId, [...messageIds])));
  return new Set(rows.map(({ messageId }) => messageId));
}

/** Up to where the archive has each of these timelines; `BEGINNING` where it has nothing of that epoch. */
export async function findArchivedEnds(
  { pool }: { readonly pool: Pick<Database['pool'] | PoolClient, 'query'> },
  timelines: readonly { readonly showId: ShowId; readonly epoch: string }[],
): Promise<ArchiveCursor[]> {
  if (timelines.length === 0) return [];
  const { rows } = await pool.query<ArchiveCursor>(selectEnds, [
    timelines.map(({ showId }) => showId),
    timelines.map(({ epoch }) => epoch),
    BEGINNING,
  ]);
  return rows;
}

const selectEnds = `
  SELECT timeline.show_id AS "showId", timeline.epoch, coalesce((
    SELECT e.entry_id FROM timeline_entries e
    WHERE e.show_id = timeline.show_id AND e.epoch = timeline.epoch
    ORDER BY e.entry_ms DESC, e.entry_seq DESC LIMIT 1), $3) AS "upTo"
  FROM unnest($1::text[], $2::text[]) AS timeline (show_id, epoch)`;
