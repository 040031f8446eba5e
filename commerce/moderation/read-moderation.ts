import { isDeepStrictEqual } from 'node:util';
import { openChatFilter, openChatPolicy } from '@souk/protocol/chat';
import type { ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { createEntry, type NewEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { readChatPolicy, readFilterParts, toChatFilter } from '../community/chat-rules.ts';
import type { Executor } from '../db/database.ts';
import { bans, reports, shadowBans } from '../db/schema/moderation.ts';
import { shows } from '../db/schema/shows.ts';
import { findBannedByMerchant } from './ban-repository.ts';
import { findPinnedMessage } from './pin-message.ts';

/**
 * What a timeline must be told of the rules of its chat and of who may not be there, when it begins or begins again: the
 * policy, the filter, bans, shadow bans, the pinned message and the open reports. Nothing where all is open. Throws
 * AppError SHOW_NOT_FOUND.
 */
export async function readModeration(orm: Executor, showId: ShowId, now: number): Promise<NewEntry[]> {
  const [show] = await orm.select({ merchantId: shows.merchantId }).from(shows).where(eq(shows.id, showId));
  if (show === undefined) throw new AppError('SHOW_NOT_FOUND');
  const { merchantId } = show;
  const policy = await readChatPolicy(orm, showId);
  const filter = toChatFilter(await readFilterParts(orm, { showId, merchantId }));
  const banned = await findBannedByMerchant(orm, merchantId);
  const pinned = await findPinnedMessage(orm, showId);
  return [
    ...(isDeepStrictEqual(policy, openChatPolicy) ? [] : [createEntry('chat-policy:changed', now, policy)]),
    ...(isDeepStrictEqual(filter, openChatFilter) ? [] : [createEntry('chat-filter:changed', now, filter)]),
    ...(await readBans(orm, showId)),
    ...inChunks(banned, limits.bannedUsers).map((userIds) => createEntry('users:banned', now, { userIds })),
    ...(await readShadowBans(orm, showId)),
    ...(pinned === null ? [] : [createEntry('chat:pinned', now, pinned)]),
    ...(await readReports(orm, showId)),
  ];
}

async function readBans(orm: Executor, showId: ShowId): Promise<NewEntry[]> {
  const rows = await orm
    .select()
    .from(bans)
    .where(and(eq(bans.showId, showId), eq(bans.scope, 'show')))
    .orderBy(asc(bans.id));
  return rows.map(({ userId, name, scope, reason, bannedAt }) =>
    createEntry('user:banned', bannedAt, { userId, name, scope, reason }, userId),
  );
}

async function readShadowBans(orm: Executor, showId: ShowId): Promise<NewEntry[]> {
  const rows = await orm
    .select()
    .from(shadowBans)
    .where(eq(shadowBans.showId, showId))
    .orderBy(asc(shadowBans.bannedAt));
  return rows.map(({ userId, name, reason, bannedAt }) =>
    createEntry('user:shadow-banned', bannedAt, { userId, name, reason }),
  );
}

async function readReports(orm: Executor, showId: ShowId): Promise<NewEntry[]> {
  const rows = await orm
    .select()
    .from(reports)
    .where(and(eq(reports.showId, showId), isNull(reports.outcome)))
    .orderBy(desc(reports.filedAt))
    .limit(limits.openReports);
  return rows
    .reverse()
    .map(({ id: reportId, messageId, userId, name, reason, note, count, filedAt }) =>
      createEntry('report:filed', filedAt, { reportId, messageId, userId, name, reason, note, count }),
    );
}

function inChunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
