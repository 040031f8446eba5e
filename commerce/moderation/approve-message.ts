import type { MessageId, ShowId, UserId } from '@souk/protocol/ids';
import { createEntry, type EntryOf, type NewEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockOpenShow } from '../shows/show-repository.ts';
import { writeAudit } from './audit-log.ts';
import { isDeleted } from './delete-message.ts';
import type { MessageStore } from './message-store.ts';
import { isShadowBanned } from './shadow-bans.ts';

export interface Approval {
  readonly showId: ShowId;
  readonly messageId: MessageId;
  readonly approvedBy: UserId;
  readonly reason: string;
}

export type ApproveMessage = (approval: Approval) => Promise<void>;

/**
 * Lets held messages through; one that is through already stays so. Throws AppError MESSAGE_NOT_FOUND, also for a
 * message that was deleted, SHOW_ENDED.
 */
export function createApproveMessage(deps: {
  db: Database;
  outbox: Outbox;
  messages: MessageStore;
  clock: Clock;
}): ApproveMessage {
  const { db, outbox, messages, clock } = deps;
  return async ({ showId, messageId, approvedBy, reason }) => {
    const held = await messages.find(showId, messageId);
    if (held === undefined) throw new AppError('MESSAGE_NOT_FOUND');
    if (held.type === 'chat:sent') return;
    await inTransaction(db, async (tx) => {
      await lockOpenShow(tx, showId);
      await publishHeld(tx, outbox, { showId, held, text: held.data.text, at: clock.now() });
      const { userId: personId, name: subjectName } = held.data;
      const deed = { action: 'message:approve', subject: messageId, personId, subjectName };
      await writeAudit(tx, { at: clock.now(), actorId: approvedBy, showId, reason, ...deed });
    });
  };
}

interface Release {
  readonly showId: ShowId;
  readonly held: EntryOf<'chat:held'>;
  /** As it was held, or rewritten. */
  readonly text: string;
  readonly at: number;
}

/**
 * Publishes a held message, once however many let it through. Inside a transaction that holds the show's row. Throws
 * AppError MESSAGE_NOT_FOUND for one that was deleted.
 */
export async function publishHeld(
  tx: Tx,
  outbox: Outbox,
  { showId, held, text, at }: Release,
): Promise<void> {
  const { cause: _, ...message } = held.data;
  const { messageId, userId } = message;
  if (await isDeleted(tx, showId, messageId)) throw new AppError('MESSAGE_NOT_FOUND');
  const entry = createEntry('chat:sent', at, { ...message, text });
  const shown: NewEntry = (await isShadowBanned(tx, showId, userId))
    ? { ...entry, audience: `staff+user:${userId}` }
    : entry;
  await outbox.publish(tx, { kind: 'timeline', showId, entry: shown, factId: `release ${messageId}` });
}
