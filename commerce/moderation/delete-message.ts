import type { MessageId, ShowId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction } from '../db/database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { writeAudit } from './audit-log.ts';
import type { MessageStore } from './message-store.ts';

export type DeleteMessage = (message: {
  showId: ShowId;
  messageId: MessageId;
  deletedBy: UserId;
}) => Promise<void>;

/**
 * Deletes chat messages. The text leaves the timeline and the archive when the relay delivers `chat:deleted`,
 * so that no crash in between can leave it there. Throws AppError MESSAGE_NOT_FOUND.
 */
export function createDeleteMessage(deps: {
  db: Database;
  outbox: Outbox;
  messages: MessageStore;
  clock: Clock;
}): DeleteMessage {
  const { db, outbox, messages, clock } = deps;
  return async ({ showId, messageId, deletedBy }) => {
    if (!(await messages.exists(showId, messageId))) throw new AppError('MESSAGE_NOT_FOUND');
    await inTransaction(db, async (tx) => {
      const now = clock.now();
      await writeAudit(tx, {
        at: now,
        actorId: deletedBy,
        action: 'message:delete',
        showId,
        subject: messageId,
      });
      const entry = createEntry('chat:deleted', now, { messageId });
      await outbox.publish(tx, { kind: 'timeline', showId, entry });
    });
  };
}
