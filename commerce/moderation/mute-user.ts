import type { ShowId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, eq, sql } from 'drizzle-orm';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import { mutes } from '../db/schema/moderation.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockOpenShow } from '../shows/show-repository.ts';
import { writeAudit } from './audit-log.ts';

export interface Mute {
  readonly showId: ShowId;
  readonly userId: UserId;
  readonly seconds: number;
  readonly reason: string;
  readonly mutedBy: UserId;
}

export interface Mutes {
  /** Returns until when, server wall-clock milliseconds. Throws AppError FORBIDDEN for staff, SHOW_ENDED. */
  mute(mute: Mute): Promise<number>;
  /** Does nothing for somebody who is not muted. Throws AppError SHOW_ENDED. */
  unmute(showId: ShowId, userId: UserId, unmutedBy: UserId): Promise<void>;
}

export function createMutes({ db, outbox, clock }: { db: Database; outbox: Outbox; clock: Clock }): Mutes {
  return {
    mute: ({ showId, userId, seconds, reason, mutedBy }) =>
      inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        await assertNotStaff(tx, showId, userId);
        const now = clock.now();
        const until = now + seconds * 1_000;
        await tx
          .insert(mutes)
          .values({ showId, userId, until, reason, mutedBy })
          .onConflictDoUpdate({ target: [mutes.showId, mutes.userId], set: { until, reason, mutedBy } });
        const action = { action: 'user:mute', subject: userId, reason, detail: { seconds } };
        await writeAudit(tx, { at: now, actorId: mutedBy, showId, ...action });
        const entry = createEntry('user:muted', now, { userId, until, reason }, userId);
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
        return until;
      }),
    unmute: (showId, userId, unmutedBy) =>
      inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        const ended = await tx
          .delete(mutes)
          .where(and(eq(mutes.showId, showId), eq(mutes.userId, userId)))
          .returning();
        if (ended.length === 0) return;
        const now = clock.now();
        await writeAudit(tx, { at: now, actorId: unmutedBy, action: 'user:unmute', showId, subject: userId });
        const entry = createEntry('user:unmuted', now, { userId }, userId);
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      }),
  };
}

async function assertNotStaff(tx: Tx, showId: ShowId, userId: UserId): Promise<void> {
  const { rows } = await tx.execute(sql`
    SELECT 1 FROM users WHERE id = ${userId} AND is_admin
    UNION ALL
    SELECT 1 FROM show_moderators WHERE show_id = ${showId} AND user_id = ${userId}
    UNION ALL
    SELECT 1 FROM merchant_members m JOIN shows s ON s.merchant_id = m.merchant_id
    WHERE s.id = ${showId} AND m.user_id = ${userId}
    LIMIT 1`);
  if (rows.length > 0) throw new AppError('FORBIDDEN', { detail: 'staff cannot be muted' });
}
