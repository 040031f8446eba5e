import type { MessageId, ShowId, UserId } from '@souk/protocol/ids';
import { BEGINNING, compareEntryIds, type EntryOf, parseEntry } from '@souk/protocol/timeline/entries';
import type { Redis } from '@souk/runtime/redis';
import { timelineKeys } from '@souk/timeline/keys';
import { parseRange, type StoredEntry } from '@souk/timeline/stored-entry';
import { and, desc, eq, gte, inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../db/database.ts';
import { deletedMessages } from '../db/schema/moderation.ts';
import { timelineEntries } from '../db/schema/outbox.ts';

/** A message as it was sent, or as it waits for a moderator. */
export type FoundMessage = EntryOf<'chat:sent'> | EntryOf<'chat:held'>;

/** Where chat messages lie: the archive, and what the show's stream has beyond it. Deleted ones are found no more. */
export interface MessageStore {
  /** As it was sent; while it waits, as it was held. */
  find(showId: ShowId, messageId: MessageId): Promise<FoundMessage | undefined>;
  /** What one person has said since that instant (Unix milliseconds), newest first. */
  newestOf(showId: ShowId, userId: UserId, page: { since: number; limit: number }): Promise<FoundMessage[]>;
  /** How many messages of one person were sent. */
  countOf(showId: ShowId, userId: UserId): Promise<number>;
}

const PAGE_ENTRIES = 1_000;
const countRow = z.object({ count: z.int() });
const types = ['chat:sent', 'chat:held'] as const;

export function createMessageStore(deps: { orm: Executor; redis: Redis }): MessageStore {
  const { orm } = deps;
  return {
    async find(showId, messageId) {
      const fresh = await readBeyondArchive(deps, showId, messageId);
      const archived = await readArchived(orm, showId, {
        where: sql`${timelineEntries.data} ->> 'messageId' = ${messageId}`,
        limit: 10,
      });
      const found = [...archived, ...fresh].filter(({ data }) => data.messageId === messageId);
      const [kept] = await dropDeleted(orm, showId, found.sort(sentFirst));
      return kept;
    },
    async newestOf(showId, userId, { since, limit }) {
      const fresh = await readBeyondArchive(deps, showId, userId);
      const archived = await readArchived(orm, showId, {
        where: and(isSaidBy(userId), gte(timelineEntries.at, since)),
        limit: limit * 2,
      });
      const found = [...fresh, ...archived].filter(({ at, data }) => data.userId === userId && at >= since);
      const kept = await dropDeleted(orm, showId, oncePerMessage(found.sort(sentFirst)));
      return kept.sort((a, b) => compareEntryIds(b.id, a.id)).slice(0, limit);
    },
    async countOf(showId, userId) {
      const fresh = await readBeyondArchive(deps, showId, userId);
      const sent = fresh.filter(({ type, data }) => type === 'chat:sent' && data.userId === userId);
      const kept = await dropDeleted(orm, showId, oncePerMessage(sent));
      const freshIds = kept.map(({ data }) => data.messageId);
      // A timeline that was restored tells anew what the archive has of the one before.
      const { rows } = await orm.execute(sql`
        SELECT count(*)::int "count" FROM (
          SELECT data ->> 'messageId' FROM timeline_entries
          WHERE show_id = ${showId} AND type = 'chat:sent' AND data ->> 'userId' = ${userId}
          UNION SELECT unnest(${sql.param(freshIds)}::text[])
        ) AS sent`);
      return countRow.parse(rows[0]).count;
    },
  };
}

const isSaidBy = (userId: UserId): SQL => sql`${timelineEntries.data} ->> 'userId' = ${userId}`;

const sentFirst = (a: FoundMessage, b: FoundMessage): number =>
  Number(a.type === 'chat:held') - Number(b.type === 'chat:held');

function oncePerMessage(found: readonly FoundMessage[]): FoundMessage[] {
  const byId = new Map<MessageId, FoundMessage>();
  for (const message of found)
    if (!byId.has(message.data.messageId)) byId.set(message.data.messageId, message);
  return [...byId.values()];
}

async function readArchived(
  orm: Executor,
  showId: ShowId,
  { where, limit }: { where: SQL | undefined; limit: number },
): Promise<FoundMessage[]> {
  const { entryId: id, at, type, audience, data } = timelineEntries;
  const rows = await orm
    .select({ id, at, type, audience, data })
    .from(timelineEntries)
    .where(and(eq(timelineEntries.showId, showId), inArray(type, [...types]), where))
    .orderBy(desc(timelineEntries.entryMs), desc(timelineEntries.entrySeq))
    .limit(limit);
  return rows.map((row) => parseEntry(row) as FoundMessage);
}

/** What the archive does not have yet, which are the seconds since it was last written; only messages that name `id`. */
async function readBeyondArchive(
  { orm, redis }: { orm: Executor; redis: Redis },
  showId: ShowId,
  id: string,
): Promise<FoundMessage[]> {
  const key = timelineKeys.timeline(showId);
  const epoch = (await redis.get(timelineKeys.epoch(showId))) ?? '';
  const found: FoundMessage[] = [];
  for (let after = await findArchivedEnd(orm, showId, epoch); ; ) {
    const page = parseRange(await redis.xrange(key, `(${after}`, '+', 'COUNT', PAGE_ENTRIES));
    for (const stored of page) if (names(stored, id)) found.push(decode(stored));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_ENTRIES) return found;
    after = last[0];
  }
}

async function findArchivedEnd(orm: Executor, showId: ShowId, epoch: string): Promise<string> {
  const [end] = await orm
    .select({ entryId: timelineEntries.entryId })
    .from(timelineEntries)
    .where(and(eq(timelineEntries.showId, showId), eq(timelineEntries.epoch, epoch)))
    .orderBy(desc(timelineEntries.entryMs), desc(timelineEntries.entrySeq))
    .limit(1);
  return end?.entryId ?? BEGINNING;
}

/** The cheap test: most entries are of others, and need not be parsed. */
function names([, fields]: StoredEntry, id: string): boolean {
  return (
    fields?.some((field) => types.some((type) => type === field)) === true &&
    fields.some((field) => field.includes(id))
  );
}

function decode([id, fields]: StoredEntry): FoundMessage {
  const byName: Record<string, string> = {};
  for (let index = 0; fields !== null && index + 1 < fields.length; index += 2)
    byName[fields[index] ?? ''] = fields[index + 1] ?? '';
  const { type, audience } = byName;
  const data: unknown = JSON.parse(byName['data'] ?? 'null');
  return parseEntry({ id, at: Number(byName['at']), type, audience, data }) as FoundMessage;
}

/** A text that is being deleted may still lie where the relay has not been yet. */
async function dropDeleted(
  orm: Executor,
  showId: ShowId,
  found: readonly FoundMessage[],
): Promise<FoundMessage[]> {
  if (found.length === 0) return [];
  const messageIds = found.map(({ data }) => data.messageId);
  const rows = await orm
    .select({ messageId: deletedMessages.messageId })
    .from(deletedMessages)
    .where(and(eq(deletedMessages.showId, showId), inArray(deletedMessages.messageId, messageIds)));
  const deleted = new Set(rows.map(({ messageId }) => messageId));
  return found.filter(({ data }) => !deleted.has(data.messageId));
}
