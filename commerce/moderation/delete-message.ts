import type { MessageId, ShowId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, eq, sql } from 'drizzle-orm';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import { auditLog } from '../db/schema/moderation.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { writeAudit } from './audit-log.ts';
import type { MessageStore } from './message-store.ts';

export type DeleteMessage = (message: {
  showId: ShowId;
  messageId: MessageId;
  deletedBy: UserId;
}) => Promise<void>;

/**
 * Deletes chat messages; a message that is being deleted already is deleted once. The text leaves the timeline and the archive when the relay delivers `chat:deleted`,
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
      if (await isDeleted(tx, showId, messageId)) return;
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

/** Two moderators may press at once: the second waits for the first, and finds what it has written. */
async function isDeleted(tx: Tx, showId: ShowId, messageId: MessageId): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${messageId}, 0))`);
  const ofMessage = and(
    eq(auditLog.showId, showId),
    eq(auditLog.action, 'message:delete'),
    eq(auditLog.subject, messageId),
  );
  const rows = await tx.select({ id: auditLog.id }).from(auditLog).where(ofMessage).limit(1);
  return rows.length > 0;
}
