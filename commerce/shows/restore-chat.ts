import type { ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { type NewEntry, parseNewEntry } from '@souk/protocol/timeline/entries';
import type { Logger } from '@souk/runtime/logger';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../db/database.ts';

/**
 * More than is needed of the newest rows: a message that was restored before is in the archive once for each epoch.
 */
const LOOK_BACK = 4;

const rowsSchema = z.array(
  z.object({
    at: z.coerce.date().transform((date) => date.getTime()),
    type: z.string(),
    audience: z.string(),
    data: z.looseObject({ messageId: z.string() }),
  }),
);
type Row = z.output<typeof rowsSchema>[number];

/**
 * The chat of a show as its archive has it: the newest messages, and those that still wait for a moderator, oldest
 * first. Messages that were deleted are not among them.
 */
export async function readArchivedChat(orm: Executor, showId: ShowId, logger: Logger): Promise<NewEntry[]> {
  const sent = await readNewest(orm, showId, 'chat:sent', limits.chatHistory);
  const held = await readNewest(orm, showId, 'chat:held', limits.heldMessages);
  return [...held, ...sent].flatMap((row) => {
    try {
      return [parseNewEntry(row)];
    } catch (err) {
      logger.warn({ event: 'message-not-restored', showId, err });
      return [];
    }
  });
}

async function readNewest(
  orm: Executor,
  showId: ShowId,
  type: 'chat:sent' | 'chat:held',
  count: number,
): Promise<Row[]> {
  const isWaiting = sql`NOT EXISTS (
    SELECT 1 FROM timeline_entries AS sent
    WHERE sent.show_id = entry.show_id AND sent.data ->> 'messageId' = entry.data ->> 'messageId'
      AND sent.type IN ('chat:sent', 'chat:held', 'chat:pinned') AND sent.type = 'chat:sent')`;
  const { rows } = await orm.execute(sql`
    SELECT entry.at, entry.type, entry.audience, entry.data FROM timeline_entries AS entry
    WHERE entry.show_id = ${showId} AND entry.type = ${type} AND ${type === 'chat:held' ? isWaiting : sql`true`}
      AND NOT EXISTS (
        SELECT 1 FROM deleted_messages AS deleted
        WHERE deleted.show_id = entry.show_id AND deleted.message_id = entry.data ->> 'messageId')
    ORDER BY entry.entry_ms DESC, entry.entry_seq DESC LIMIT ${count * LOOK_BACK}`);
  const newest = new Map<string, Row>();
  for (const row of rowsSchema.parse(rows)) {
    if (!newest.has(row.data.messageId)) newest.set(row.data.messageId, row);
  }
  return [...newest.values()].slice(0, count).reverse();
}
