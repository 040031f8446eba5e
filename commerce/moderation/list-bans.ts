import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import type { MerchantId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { users } from '../db/schema/accounts.ts';
import { bans } from '../db/schema/moderation.ts';

/** Who is banned from every show of a shop, newest first; `before` is the id of the last row that the caller has. */
export async function listBans(
  orm: Executor,
  merchantId: MerchantId,
  before: number | undefined,
): Promise<HttpResponse<'ban:list'>> {
  const { id, userId, name, reason, bannedAt: at } = bans;
  const found = await orm
    .select({ id, userId, name, reason, bannedByName: sql<string>`coalesce(${users.name}, '')`, at })
    .from(bans)
    .leftJoin(users, eq(users.id, bans.bannedBy))
    .where(
      and(
        eq(bans.merchantId, merchantId),
        eq(bans.scope, 'merchant'),
        before === undefined ? undefined : lt(id, before),
      ),
    )
    .orderBy(desc(id))
    .limit(limits.pageSize + 1);
  const page = found.slice(0, limits.pageSize);
  return {
    bans: page.map(({ id: _, ...ban }) => ban),
    next: found.length > page.length ? (page.at(-1)?.id ?? null) : null,
  };
}
