import type { MessageId, ShowId, UserId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { createEntry } from '@souk/protocol/timeline/entries';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { showChats } from '../db/schema/community.ts';
import { deletedMessages } from '../db/schema/moderation.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { closeReportsOf, type Removal } from './close-reports.ts';
import type { MessageStore } from './message-store.ts';

/** Notes that these messages are gone, and takes a pinned one off. Gives back those that were not gone before. */
export async function markRemoved(
  tx: Tx,
  showId: ShowId,
  messageIds: readonly MessageId[],
  deletedAt: number,
): Promise<MessageId[]> {
  if (messageIds.length === 0) return [];
  // In one order, so that two who remove the same do not wait for each other.
  const rows = [...new Set(messageIds)].sort().map((messageId) => ({ showId, messageId, deletedAt }));
  const marked = await tx.insert(deletedMessages).values(rows).onConflictDoNothing().returning();
  const isPinned = inArray(sql`${showChats.pinned} ->> 'messageId'`, [...messageIds]);
  await tx
    .update(showChats)
    .set({ pinned: null })
    .where(and(eq(showChats.showId, showId), isPinned));
  return marked.map(({ messageId }) => messageId);
}

/** How far back a mute takes messages away. */
export const MUTE_REACH_MS = 600_000;

/** The messages of one person that a mute or a ban takes away: the newest since that instant, Unix milliseconds. */
export async function findRemovable(
  messages: MessageStore,
  person: { readonly showId: ShowId; readonly userId: UserId; readonly since: number },
): Promise<MessageId[]> {
  const page = { since: person.since, limit: limits.purgedMessages };
  const found = await messages.newestOf(person.showId, person.userId, page);
  return found.map(({ data }) => data.messageId);
}

/** Takes messages of one person away. The relay takes the texts out of the timeline and the archive when it tells. */
export async function purgeMessages(
  tx: Tx,
  outbox: Outbox,
  { userId, ...removal }: Removal & { readonly userId: UserId },
): Promise<number> {
  const { showId, messageIds, now } = removal;
  const removed = await markRemoved(tx, showId, messageIds, now);
  if (removed.length === 0) return 0;
  const entry = createEntry('chat:purged', now, { userId, messageIds: removed });
  await outbox.publish(tx, { kind: 'timeline', showId, entry });
  await closeReportsOf(tx, outbox, { ...removal, messageIds: removed });
  return removed.length;
}
