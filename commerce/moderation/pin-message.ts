import type { MessageId, ShowId, UserId } from '@souk/protocol/ids';
import { createEntry, type EntryData } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { eq } from 'drizzle-orm';
import { type Database, type Executor, inTransaction } from '../db/database.ts';
import { showChats } from '../db/schema/community.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockOpenShow } from '../shows/show-repository.ts';
import { writeAudit } from './audit-log.ts';
import { isDeleted } from './delete-message.ts';
import type { MessageStore } from './message-store.ts';

export interface MessagePins {
  /** Throws AppError MESSAGE_NOT_FOUND for what not everybody sees, SHOW_ENDED. */
  pin(showId: ShowId, messageId: MessageId, pinnedBy: UserId): Promise<void>;
  /** Does nothing where nothing is pinned. Throws AppError SHOW_ENDED. */
  unpin(showId: ShowId, unpinnedBy: UserId): Promise<void>;
}

/** The one message above the chat of a show. */
export function createMessagePins(deps: {
  db: Database;
  outbox: Outbox;
  messages: MessageStore;
  clock: Clock;
}): MessagePins {
  const { db, outbox, messages, clock } = deps;
  return {
    async pin(showId, messageId, pinnedBy) {
      const found = await messages.find(showId, messageId);
      if (found?.type !== 'chat:sent' || found.audience !== 'all') throw new AppError('MESSAGE_NOT_FOUND');
      const pinned = found.data;
      await inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        if (await isDeleted(tx, showId, messageId)) throw new AppError('MESSAGE_NOT_FOUND');
        if ((await findPinnedMessage(tx, showId))?.messageId === messageId) return;
        await tx
          .insert(showChats)
          .values({ showId, pinned })
          .onConflictDoUpdate({ target: showChats.showId, set: { pinned } });
        const now = clock.now();
        const deed = { action: 'message:pin', subject: messageId, personId: pinned.userId };
        await writeAudit(tx, { at: now, actorId: pinnedBy, showId, subjectName: pinned.name, ...deed });
        await outbox.publish(tx, {
          kind: 'timeline',
          showId,
          entry: createEntry('chat:pinned', now, pinned),
        });
      });
    },
    unpin: (showId, unpinnedBy) =>
      inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        const pinned = await findPinnedMessage(tx, showId);
        if (pinned === null) return;
        const { messageId, userId: personId, name: subjectName } = pinned;
        await tx.update(showChats).set({ pinned: null }).where(eq(showChats.showId, showId));
        const now = clock.now();
        const deed = { action: 'message:unpin', subject: messageId, personId, subjectName };
        await writeAudit(tx, { at: now, actorId: unpinnedBy, showId, ...deed });
        const entry = createEntry('chat:unpinned', now, { messageId });
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      }),
  };
}

/** Null where nothing is pinned. */
export async function findPinnedMessage(
  orm: Executor,
  showId: ShowId,
): Promise<EntryData<'chat:pinned'> | null> {
  const [row] = await orm
    .select({ pinned: showChats.pinned })
    .from(showChats)
    .where(eq(showChats.showId, showId));
  return row?.pinned ?? null;
}
