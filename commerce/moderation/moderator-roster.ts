import type { ShowId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, eq } from 'drizzle-orm';
import { findUserByEmail } from '../accounts/user-repository.ts';
import { type Database, inTransaction } from '../db/database.ts';
import { showModerators } from '../db/schema/moderation.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockOpenShow } from '../shows/show-repository.ts';
import { writeAudit } from './audit-log.ts';
import { findBan } from './ban-repository.ts';

export interface ModeratorRoster {
  /** Throws AppError USER_NOT_FOUND, SHOW_ENDED, BANNED for somebody whose ban stands. Inviting a moderator again changes nothing. */
  invite(showId: ShowId, email: string, invitedBy: UserId): Promise<{ userId: UserId; name: string }>;
  /** Throws AppError USER_NOT_FOUND when that person is no moderator, SHOW_ENDED. */
  remove(showId: ShowId, userId: UserId, removedBy: UserId): Promise<void>;
}

/** Who moderates a show. The entries of the timeline give and take the role on the hub at once. */
export function createModeratorRoster(deps: { db: Database; outbox: Outbox; clock: Clock }): ModeratorRoster {
  const { db, outbox, clock } = deps;
  return {
    invite: (showId, email, invitedBy) =>
      inTransaction(db, async (tx) => {
        const { merchantId } = await lockOpenShow(tx, showId);
        const user = await findUserByEmail(tx, email);
        if (user === undefined) throw new AppError('USER_NOT_FOUND');
        const { id: userId, name } = user;
        if ((await findBan(tx, { showId, merchantId }, userId)) !== undefined)
          throw new AppError('BANNED', { detail: 'lift the ban first' });
        const now = clock.now();
        const added = await tx
          .insert(showModerators)
          .values({ showId, userId, invitedBy, invitedAt: now })
          .onConflictDoNothing()
          .returning();
        if (added.length === 0) return { userId, name };
        await writeAudit(tx, {
          at: now,
          actorId: invitedBy,
          action: 'moderator:invite',
          showId,
          subject: userId,
          personId: userId,
        });
        const entry = createEntry('role:granted', now, { userId, name, role: 'moderator' }, userId);
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
        return { userId, name };
      }),
    remove: (showId, userId, removedBy) =>
      inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        const removed = await tx
          .delete(showModerators)
          .where(and(eq(showModerators.showId, showId), eq(showModerators.userId, userId)))
          .returning();
        if (removed.length === 0) throw new AppError('USER_NOT_FOUND');
        const now = clock.now();
        await writeAudit(tx, {
          at: now,
          actorId: removedBy,
          action: 'moderator:remove',
          showId,
          subject: userId,
          personId: userId,
        });
        const entry = createEntry('role:revoked', now, { userId, role: 'moderator' }, userId);
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      }),
  };
}
