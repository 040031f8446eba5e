import type { ShowId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import { and, eq } from 'drizzle-orm';
import { type Database, type Executor, inTransaction } from '../db/database.ts';
import { shadowBans } from '../db/schema/moderation.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockOpenShow } from '../shows/show-repository.ts';
import { assertMayAct } from './assert-may-act.ts';
import { writeAudit } from './audit-log.ts';
import { type FindPersonName, NAMELESS } from './person-name.ts';

export interface ShadowBan {
  readonly showId: ShowId;
  readonly userId: UserId;
  readonly reason: string;
  readonly bannedBy: UserId;
}

export interface ShadowBans {
  /** Throws AppError SHOW_ENDED, FORBIDDEN for staff. */
  ban(ban: ShadowBan): Promise<void>;
  /** Does nothing for somebody who is not banned so. Throws AppError SHOW_ENDED. */
  unban(showId: ShowId, userId: UserId, liftedBy: UserId): Promise<void>;
}

export interface ShadowBansDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly findName: FindPersonName;
  readonly clock: Clock;
}

export function createShadowBans({ db, outbox, findName, clock }: ShadowBansDeps): ShadowBans {
  return {
    async ban({ showId, userId, reason, bannedBy }) {
      const name = (await findName(showId, userId)) ?? NAMELESS;
      await inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        await assertMayAct(tx, { kind: 'sanction', showId, actorId: bannedBy, targetId: userId });
        const now = clock.now();
        const added = await tx
          .insert(shadowBans)
          .values({ showId, userId, name, reason, bannedBy, bannedAt: now })
          .onConflictDoNothing()
          .returning();
        if (added.length === 0) return;
        const deed = { action: 'user:shadow-ban', subject: userId, personId: userId, subjectName: name };
        await writeAudit(tx, { at: now, actorId: bannedBy, showId, reason, ...deed });
        const entry = createEntry('user:shadow-banned', now, { userId, name, reason });
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      });
    },
    unban: (showId, userId, liftedBy) =>
      inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        const [ended] = await tx.delete(shadowBans).where(isOf(showId, userId)).returning();
        if (ended === undefined) return;
        const now = clock.now();
        const deed = { action: 'user:shadow-unban', subject: userId, personId: userId };
        await writeAudit(tx, { at: now, actorId: liftedBy, showId, subjectName: ended.name, ...deed });
        const entry = createEntry('user:shadow-unbanned', now, { userId });
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      }),
  };
}

/** True for somebody whose messages only the staff sees. */
export async function isShadowBanned(orm: Executor, showId: ShowId, userId: UserId): Promise<boolean> {
  const rows = await orm.select({ userId: shadowBans.userId }).from(shadowBans).where(isOf(showId, userId));
  return rows.length > 0;
}

const isOf = (showId: ShowId, userId: UserId) =>
  and(eq(shadowBans.showId, showId), eq(shadowBans.userId, userId));
