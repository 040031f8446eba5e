import type { ShowId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import { and, eq } from 'drizzle-orm';
import { type Database, inTransaction } from '../db/database.ts';
import { mutes } from '../db/schema/moderation.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockOpenShow } from '../shows/show-repository.ts';
import { assertMayAct } from './assert-may-act.ts';
import { writeAudit } from './audit-log.ts';
import type { MessageStore } from './message-store.ts';
import type { FindPersonName } from './person-name.ts';
import { findRemovable, MUTE_REACH_MS, purgeMessages } from './remove-messages.ts';

export interface Mute {
  readonly showId: ShowId;
  readonly userId: UserId;
  readonly seconds: number;
  readonly reason: string;
  /** True: what the person said in the last minutes goes as well. */
  readonly removeMessages: boolean;
  readonly mutedBy: UserId;
}

export interface Mutes {
  /** Returns until when, server wall-clock milliseconds. Throws AppError FORBIDDEN for staff, SHOW_ENDED. */
  mute(mute: Mute): Promise<number>;
  /** Does nothing for somebody who is not muted. Throws AppError SHOW_ENDED. */
  unmute(showId: ShowId, userId: UserId, unmutedBy: UserId): Promise<void>;
}

export interface MutesDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly messages: MessageStore;
  readonly findName: FindPersonName;
  readonly clock: Clock;
}

export function createMutes({ db, outbox, messages, findName, clock }: MutesDeps): Mutes {
  return {
    async mute({ showId, userId, seconds, reason, removeMessages, mutedBy }) {
      const since = clock.now() - MUTE_REACH_MS;
      const messageIds = removeMessages ? await findRemovable(messages, { showId, userId, since }) : [];
      const subjectName = await findName(showId, userId);
      return inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        await assertMayAct(tx, { kind: 'sanction', showId, actorId: mutedBy, targetId: userId });
        const now = clock.now();
        const until = now + seconds * 1_000;
        await tx
          .insert(mutes)
          .values({ showId, userId, until, reason, mutedBy })
          .onConflictDoUpdate({ target: [mutes.showId, mutes.userId], set: { until, reason, mutedBy } });
        const entry = createEntry('user:muted', now, { userId, until, reason }, userId);
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
        const removal = { showId, messageIds, actorId: mutedBy, by: 'user:mute', reason, now };
        const removed = await purgeMessages(tx, outbox, { userId, ...removal });
        const deed = { action: 'user:mute', subject: userId, personId: userId, subjectName, reason };
        await writeAudit(tx, { at: now, actorId: mutedBy, showId, ...deed, detail: { seconds, removed } });
        return until;
      });
    },
    async unmute(showId, userId, unmutedBy) {
      const subjectName = await findName(showId, userId);
      await inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        const ended = await tx
          .delete(mutes)
          .where(and(eq(mutes.showId, showId), eq(mutes.userId, userId)))
          .returning();
        if (ended.length === 0) return;
        const now = clock.now();
        const deed = { action: 'user:unmute', subject: userId, personId: userId, subjectName };
        await writeAudit(tx, { at: now, actorId: unmutedBy, showId, ...deed });
        const entry = createEntry('user:unmuted', now, { userId }, userId);
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      });
    },
  };
}
