import type { ShowId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction } from '../db/database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockOpenShow } from '../shows/show-repository.ts';
import { assertMayAct } from './assert-may-act.ts';
import { writeAudit } from './audit-log.ts';
import type { FindPersonName } from './person-name.ts';

export interface Disconnection {
  readonly showId: ShowId;
  readonly userId: UserId;
  readonly reason: string;
  readonly actorId: UserId;
}

export type DisconnectUser = (disconnection: Disconnection) => Promise<void>;

/** Sends somebody out of a show once. Throws AppError SHOW_ENDED, FORBIDDEN for staff. */
export function createDisconnectUser(deps: {
  db: Database;
  outbox: Outbox;
  findName: FindPersonName;
  clock: Clock;
}): DisconnectUser {
  const { db, outbox, findName, clock } = deps;
  return async ({ showId, userId, reason, actorId }) => {
    const subjectName = await findName(showId, userId);
    await inTransaction(db, async (tx) => {
      await lockOpenShow(tx, showId);
      await assertMayAct(tx, { kind: 'sanction', showId, actorId, targetId: userId });
      const now = clock.now();
      const deed = { action: 'user:disconnect', subject: userId, personId: userId, subjectName };
      await writeAudit(tx, { at: now, actorId, showId, reason, ...deed });
      const entry = createEntry('user:disconnected', now, { userId, reason }, userId);
      await outbox.publish(tx, { kind: 'timeline', showId, entry });
    });
  };
}
