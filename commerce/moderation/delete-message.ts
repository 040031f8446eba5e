import type { MessageId, ShowId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, eq } from 'drizzle-orm';
import { type Database, type Executor, inTransaction } from '../db/database.ts';
import { deletedMessages } from '../db/schema/moderation.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockShow } from '../shows/show-repository.ts';
import { assertMayAct } from './assert-may-act.ts';
import { writeAudit } from './audit-log.ts';
import { closeReportsOf } from './close-reports.ts';
import type { MessageStore } from './message-store.ts';
import { markRemoved } from './remove-messages.ts';

export interface Deletion {
  readonly showId: ShowId;
  readonly messageId: MessageId;
  readonly deletedBy: UserId;
  readonly reason?: string;
}

export type DeleteMessage = (deletion: Deletion) => Promise<void>;

export interface DeleteMessageDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly messages: MessageStore;
  readonly clock: Clock;
}

/**
 * Deletes chat messages, also those that wait, and closes what was reported of them; a message that is being deleted
 * already is deleted once. The text leaves the timeline and the archive when the relay delivers `chat:deleted`, so that
 * no crash in between can leave it there.
 * Throws AppError MESSAGE_NOT_FOUND, FORBIDDEN for what others of the staff said.
 */
export function createDeleteMessage({ db, outbox, messages, clock }: DeleteMessageDeps): DeleteMessage {
  return async ({ showId, messageId, deletedBy, reason = '' }) => {
    const found = await messages.find(showId, messageId);
    if (found === undefined) {
      if (await isDeleted(db.orm, showId, messageId)) return;
      throw new AppError('MESSAGE_NOT_FOUND');
    }
    const { userId, name } = found.data;
    await inTransaction(db, async (tx) => {
      // Somebody may be letting it through at this moment.
      await lockShow(tx, showId);
      await assertMayAct(tx, { kind: 'remove-message', showId, actorId: deletedBy, targetId: userId });
      const now = clock.now();
      const removed = await markRemoved(tx, showId, [messageId], now);
      if (removed.length === 0) return;
      const deed = { action: 'message:delete', subject: messageId, personId: userId, subjectName: name };
      await writeAudit(tx, { at: now, actorId: deletedBy, showId, reason, ...deed });
      const entry = createEntry('chat:deleted', now, { messageId });
      await outbox.publish(tx, { kind: 'timeline', showId, entry });
      const removal = { showId, messageIds: [messageId], actorId: deletedBy, reason, now };
      await closeReportsOf(tx, outbox, { ...removal, by: deed.action });
    });
  };
}

/** True for a message that was deleted, or that is being deleted. */
export async function isDeleted(orm: Executor, showId: ShowId, messageId: MessageId): Promise<boolean> {
  const rows = await orm
    .select({ messageId: deletedMessages.messageId })
    .from(deletedMessages)
    .where(and(eq(deletedMessages.showId, showId), eq(deletedMessages.messageId, messageId)));
  return rows.length > 0;
}
