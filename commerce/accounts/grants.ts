import type { UserId } from '@souk/protocol/ids';
import type { Grant } from '@souk/protocol/roles';
import { and, desc, eq, ne } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { merchantMembers } from '../db/schema/accounts.ts';
import { showModerators } from '../db/schema/moderation.ts';
import { shows } from '../db/schema/shows.ts';

export const guestGrants: readonly Grant[] = [{ role: 'guest', scope: 'platform' }];

/** The token carries at most 64 grants; the newest moderations win. */
const MAX_MODERATIONS = 32;
const MAX_MEMBERSHIPS = 30;

/** Everything that a person with an account may be, for the access token. A moderator's role ends with the show. */
export async function findGrants(orm: Executor, user: { id: UserId; isAdmin: boolean }): Promise<Grant[]> {
  const [memberships, moderations] = await Promise.all([
    orm.select().from(merchantMembers).where(eq(merchantMembers.userId, user.id)).limit(MAX_MEMBERSHIPS),
    orm
      .select({ showId: showModerators.showId })
      .from(showModerators)
      .innerJoin(shows, eq(shows.id, showModerators.showId))
      .where(and(eq(showModerators.userId, user.id), ne(shows.status, 'ended')))
      .orderBy(desc(showModerators.invitedAt))
      .limit(MAX_MODERATIONS),
  ]);
  return [
    { role: 'viewer', scope: 'platform' },
    ...(user.isAdmin ? [{ role: 'admin', scope: 'platform' } as const] : []),
    ...memberships.map(({ role, merchantId }) => ({ role, scope: 'merchant', merchantId }) as const),
    ...moderations.map(({ showId }) => ({ role: 'moderator', scope: 'show', showId }) as const),
  ];
}
