import type { BanScope } from '@souk/protocol/chat';
import type { MerchantId, ShowId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import { and, eq } from 'drizzle-orm';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import { bans } from '../db/schema/moderation.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { findOpenShowIds, lockOpenShow } from '../shows/show-repository.ts';
import { assertCrew, assertMayAct, findStandings } from './assert-may-act.ts';
import { writeAudit } from './audit-log.ts';
import type { BanGuard } from './ban-guard.ts';
import { findBan, lockMerchantRules } from './ban-repository.ts';
import type { MessageStore } from './message-store.ts';
import { type FindPersonName, NAMELESS } from './person-name.ts';
import { findRemovable, purgeMessages } from './remove-messages.ts';

export interface NewBan {
  readonly showId: ShowId;
  readonly userId: UserId;
  readonly scope: BanScope;
  readonly reason: string;
  /** True: what the person said in this show goes as well. */
  readonly removeMessages: boolean;
  readonly bannedBy: UserId;
}

export interface Bans {
  /** Throws AppError SHOW_ENDED, FORBIDDEN for staff, and for a moderator who would reach beyond the show. */
  ban(ban: NewBan): Promise<void>;
  /** Throws AppError SHOW_ENDED, FORBIDDEN for a moderator where the ban reaches beyond the show. */
  unban(showId: ShowId, userId: UserId, liftedBy: UserId): Promise<void>;
  /** Lifts a ban from all shows of a shop, and those from single ones. Does nothing where there is none. */
  lift(merchantId: MerchantId, userId: UserId, liftedBy: UserId): Promise<void>;
}

export interface BansDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly messages: MessageStore;
  readonly findName: FindPersonName;
  readonly banGuard: BanGuard;
  readonly clock: Clock;
}

interface Lift {
  readonly merchantId: MerchantId;
  readonly userId: UserId;
  readonly liftedBy: UserId;
}

/** Who may not come in, to one show or to all of a shop. A ban of the wider scope goes over a narrower one. */
export function createBans({ db, outbox, messages, findName, banGuard, clock }: BansDeps): Bans {
  const tell = async (
    tx: Tx,
    { showId, merchantId }: ShowOfBan,
    ban: NewBan,
    name: string,
  ): Promise<readonly ShowId[]> => {
    const { userId, scope, reason } = ban;
    const entry = createEntry('user:banned', clock.now(), { userId, name, scope, reason }, userId);
    const showIds = scope === 'merchant' ? await findOpenShowIds(tx, merchantId) : [showId];
    await outbox.publish(tx, ...showIds.map((id) => ({ kind: 'timeline', showId: id, entry }) as const));
    return showIds;
  };
  /** The entry ends every ban of that person in a show, so the narrower ones of the shop end with the wide one. */
  const liftEverywhere = async (tx: Tx, { merchantId, userId, liftedBy }: Lift): Promise<void> => {
    const ofPerson = and(eq(bans.merchantId, merchantId), eq(bans.userId, userId));
    const [lifted] = await tx.delete(bans).where(ofPerson).returning();
    const now = clock.now();
    const deed = { action: 'ban:lift', subject: userId, personId: userId, subjectName: lifted?.name };
    await writeAudit(tx, { at: now, actorId: liftedBy, merchantId, ...deed });
    const entry = createEntry('user:unbanned', now, { userId, scope: 'merchant' }, userId);
    const showIds = await findOpenShowIds(tx, merchantId);
    await outbox.publish(tx, ...showIds.map((showId) => ({ kind: 'timeline', showId, entry }) as const));
  };
  return {
    async ban(ban) {
      const { showId, userId, scope, reason, removeMessages, bannedBy } = ban;
      const messageIds = removeMessages ? await findRemovable(messages, { showId, userId, since: 0 }) : [];
      const name = (await findName(showId, userId)) ?? NAMELESS;
      const concerned: ShowId[] = [];
      await inTransaction(db, async (tx) => {
        const { merchantId } = await lockOpenShow(tx, showId);
        const actor = await assertMayAct(tx, {
          ...{ kind: 'sanction', showId, actorId: bannedBy, targetId: userId },
        });
        if (scope === 'merchant') {
          assertCrew(actor);
          await lockMerchantRules(tx, merchantId);
        }
        const now = clock.now();
        const standing = await findBan(tx, { showId, merchantId }, userId);
        if (standing === undefined || (standing === 'show' && scope === 'merchant')) {
          await tx
            .insert(bans)
            .values({ scope, merchantId, showId, userId, name, reason, bannedBy, bannedAt: now });
          concerned.push(...(await tell(tx, { showId, merchantId }, ban, name)));
        }
        const removal = { showId, messageIds, actorId: bannedBy, by: 'user:ban', reason, now };
        const removed = await purgeMessages(tx, outbox, { userId, ...removal });
        const deed = { action: 'user:ban', subject: userId, personId: userId, subjectName: name, reason };
        await writeAudit(tx, { at: now, actorId: bannedBy, showId, ...deed, detail: { scope, removed } });
      });
      banGuard.heedBans(concerned);
    },
    unban: (showId, userId, liftedBy) =>
      inTransaction(db, async (tx) => {
        const { merchantId } = await lockOpenShow(tx, showId);
        const standing = await findBan(tx, { showId, merchantId }, userId);
        if (standing === 'merchant') {
          const standingOf = await findStandings(tx, showId, [liftedBy]);
          assertCrew(standingOf(liftedBy));
          await lockMerchantRules(tx, merchantId);
          await liftEverywhere(tx, { merchantId, userId, liftedBy });
        }
        if (standing !== 'show') return;
        const ofShow = and(eq(bans.showId, showId), eq(bans.userId, userId), eq(bans.scope, 'show'));
        const [lifted] = await tx.delete(bans).where(ofShow).returning();
        const now = clock.now();
        const deed = { action: 'user:unban', subject: userId, personId: userId, subjectName: lifted?.name };
        await writeAudit(tx, { at: now, actorId: liftedBy, showId, ...deed });
        const entry = createEntry('user:unbanned', now, { userId, scope: 'show' }, userId);
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      }),
    lift: (merchantId, userId, liftedBy) =>
      inTransaction(db, async (tx) => {
        await lockMerchantRules(tx, merchantId);
        const wide = and(
          eq(bans.merchantId, merchantId),
          eq(bans.userId, userId),
          eq(bans.scope, 'merchant'),
        );
        const standing = await tx.select({ id: bans.id }).from(bans).where(wide);
        if (standing.length > 0) await liftEverywhere(tx, { merchantId, userId, liftedBy });
      }),
  };
}

interface ShowOfBan {
  readonly showId: ShowId;
  readonly merchantId: MerchantId;
}
