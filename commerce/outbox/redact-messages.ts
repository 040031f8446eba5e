import type { MessageId, ShowId } from '@souk/protocol/ids';
import type { Redis } from '@souk/runtime/redis';
import { timelineKeys } from '@souk/timeline/keys';
import type { TimelineRetention } from '@souk/timeline/retention';
import { parseRange, type StoredEntry } from '@souk/timeline/stored-entry';
import type { Timeline } from '@souk/timeline/timeline';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { lockArchives } from '../shows/archive-lock.ts';
import { findArchivedEnds } from '../shows/timeline-archive.ts';

/**
 * Takes the texts of messages out of a show's stream, its archive and its snapshot: as they were sent, as they waited
 * for a moderator, and as they were pinned. Belongs after the entry that says so. May run again.
 */
export type RedactMessages = (showId: ShowId, messageIds: readonly MessageId[]) => Promise<void>;

export interface RedactDeps {
  readonly db: Database;
  readonly redis: Redis;
  readonly timeline: Pick<Timeline, 'loadState'>;
  readonly retention: Pick<TimelineRetention, 'saveSnapshot'>;
}

const PAGE_ENTRIES = 1_000;
const textTypes: readonly string[] = ['chat:sent', 'chat:held', 'chat:pinned'];
const removeArchived = `
  DELETE FROM timeline_entries
  WHERE show_id = $1 AND data ->> 'messageId' = ANY ($2::text[]) AND type IN ('chat:sent', 'chat:held', 'chat:pinned')
  RETURNING epoch, entry_id AS "entryId"`;
const identified = z.object({ messageId: z.string() });

interface Place {
  readonly epoch: string;
  readonly entryId: string;
}

export function createRedactMessages(deps: RedactDeps): RedactMessages {
  const { db, redis } = deps;
  return async (showId, messageIds) => {
    const client = await db.pool.connect();
    try {
      await client.query('BEGIN');
      // Whoever copies from the stream into the archive has copied it, or will not find it any more.
      await lockArchives(client, [showId]);
      const epoch = (await redis.get(timelineKeys.epoch(showId))) ?? '';
      const [end] = await findArchivedEnds({ pool: client }, [{ showId, epoch }]);
      const archived = await client.query<Place>(removeArchived, [showId, messageIds]);
      const entryIds = [
        ...archived.rows.flatMap((place) => (place.epoch === epoch ? [place.entryId] : [])),
        ...(await findInStream(redis, showId, { after: end?.upTo ?? '-', messageIds })),
      ];
      if (entryIds.length > 0) await redis.xdel(timelineKeys.timeline(showId), ...entryIds);
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      // Its transaction ends with the connection.
      client.release(true);
      throw error;
    }
    await redactSnapshot(deps, showId, messageIds);
  };
}

/** Looks at what is not in the archive yet, which are the entries of the last seconds. */
async function findInStream(
  redis: Redis,
  showId: ShowId,
  { after, messageIds }: { after: string; messageIds: readonly string[] },
): Promise<string[]> {
  const found: string[] = [];
  for (let cursor = after; ; ) {
    const key = timelineKeys.timeline(showId);
    const page = parseRange(await redis.xrange(key, `(${cursor}`, '+', 'COUNT', PAGE_ENTRIES));
    for (const entry of page) if (hasText(entry, messageIds)) found.push(entry[0]);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_ENTRIES) return found;
    cursor = last[0];
  }
}

function hasText([, fields]: StoredEntry, messageIds: readonly string[]): boolean {
  if (fields === null || !fields.some((field) => textTypes.includes(field))) return false;
  // The cheap test first: only the one field that holds the id is parsed.
  return fields.some(
    (field) =>
      messageIds.some((id) => field.includes(id)) &&
      messageIds.includes(identified.safeParse(JSON.parse(field)).data?.messageId ?? ''),
  );
}

/** The entry that takes a text away is told already: the state as it is now is without it. */
async function redactSnapshot(
  { redis, timeline, retention }: RedactDeps,
  showId: ShowId,
  messageIds: readonly string[],
): Promise<void> {
  const state = (await redis.hget(timelineKeys.snapshot(showId), 'state')) ?? '';
  if (!messageIds.some((id) => state.includes(id))) return;
  const loaded = await timeline.loadState(showId);
  if (loaded !== undefined) await retention.saveSnapshot(showId, loaded);
}
