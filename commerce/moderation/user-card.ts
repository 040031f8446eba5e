import type { UserCard } from '@souk/protocol/http/moderation';
import { isGuestId, type MerchantId, type ShowId, type UserId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, desc, eq, gt, sql } from 'drizzle-orm';
import { findUser } from '../accounts/user-repository.ts';
import { countOrders, findStanding } from '../community/follows.ts';
import type { Executor } from '../db/database.ts';
import { users } from '../db/schema/accounts.ts';
import { auditLog, mutes, reports } from '../db/schema/moderation.ts';
import { shows } from '../db/schema/shows.ts';
import { findStandings } from './assert-may-act.ts';
import { findBan } from './ban-repository.ts';
import type { MessageStore } from './message-store.ts';
import { NAMELESS } from './person-name.ts';
import { isShadowBanned } from './shadow-bans.ts';

/** What the staff of a show may know of a person. Throws AppError SHOW_NOT_FOUND, USER_NOT_FOUND. */
export type GetUserCard = (showId: ShowId, userId: UserId) => Promise<UserCard>;

const CARD_ROWS = 50;

export interface UserCardDeps {
  readonly orm: Executor;
  readonly messages: MessageStore;
  readonly clock: Clock;
}

export function createGetUserCard({ orm, messages, clock }: UserCardDeps): GetUserCard {
  return async (showId, userId) => {
    const merchantId = await getMerchantOf(orm, showId);
    const isGuest = isGuestId(userId);
    const account = isGuest ? undefined : await findUser(orm, userId);
    if (account === undefined && !isGuest) throw new AppError('USER_NOT_FOUND');
    const recent = await messages.newestOf(showId, userId, { since: 0, limit: CARD_ROWS });
    const standingOf = await findStandings(orm, showId, [userId]);
    return {
      userId,
      name: account?.name ?? recent[0]?.data.name ?? NAMELESS,
      isGuest,
      roles: [isGuest ? 'guest' : 'viewer', ...standingOf(userId).roles],
      memberSince: account?.createdAt ?? null,
      isFollowing: (await findStanding(orm, merchantId, userId)).isFollowing,
      orders: await countOrders(orm, merchantId, userId),
      mutedUntil: await findMute(orm, showId, userId, clock.now()),
      ban: (await findBan(orm, { showId, merchantId }, userId)) ?? null,
      isShadowBanned: await isShadowBanned(orm, showId, userId),
      messages: await messages.countOf(showId, userId),
      recentMessages: recent.map(({ at, data }) => ({ messageId: data.messageId, at, text: data.text })),
      reports: await countReports(orm, showId, userId),
      deeds: await readDeeds(orm, merchantId, userId),
    };
  };
}

async function getMerchantOf(orm: Executor, showId: ShowId): Promise<MerchantId> {
  const [show] = await orm.select({ merchantId: shows.merchantId }).from(shows).where(eq(shows.id, showId));
  if (show === undefined) throw new AppError('SHOW_NOT_FOUND');
  return show.merchantId;
}

async function findMute(orm: Executor, showId: ShowId, userId: UserId, now: number): Promise<number | null> {
  const [row] = await orm
    .select({ until: mutes.until })
    .from(mutes)
    .where(and(eq(mutes.showId, showId), eq(mutes.userId, userId), gt(mutes.until, now)));
  return row?.until ?? null;
}

/** How many people have reported the person or what the person said, in this show. */
async function countReports(orm: Executor, showId: ShowId, userId: UserId): Promise<number> {
  const [row] = await orm
    .select({ count: sql<string>`coalesce(sum(${reports.count}), 0)` })
    .from(reports)
    .where(and(eq(reports.showId, showId), eq(reports.userId, userId)));
  return Number(row?.count ?? 0);
}

async function readDeeds(orm: Executor, merchantId: MerchantId, userId: UserId): Promise<UserCard['deeds']> {
  const { at, action, actorId, showId, reason } = auditLog;
  const actorName = sql<string>`coalesce(${users.name}, '')`;
  return orm
    .select({ at, action, actorId, actorName, showId, reason })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.actorId))
    .where(and(eq(auditLog.merchantId, merchantId), eq(auditLog.personId, userId)))
    .orderBy(desc(auditLog.id))
    .limit(CARD_ROWS);
}
