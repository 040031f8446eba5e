import type { BanScope } from '@souk/protocol/chat';
import type { MerchantId, ShowId, UserId } from '@souk/protocol/ids';
import { and, asc, eq, or, type SQL, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../db/database.ts';
import { bans } from '../db/schema/moderation.ts';

/** A show with the shop it belongs to. */
export interface ShowPlace {
  readonly showId: ShowId;
  readonly merchantId: MerchantId;
}

/**
 * Whoever changes what holds in all shows of a shop, and whoever begins a show, does it one after the other: a show that
 * begins in between would hear of the change neither from its beginning nor from an entry. A lock of the show's row
 * comes before.
 */
export async function lockMerchantRules(tx: Tx, merchantId: MerchantId): Promise<void> {
  await tx.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended('merchant-rules ' || ${merchantId}, 0))`,
  );
}

const reaches = ({ showId, merchantId }: ShowPlace): SQL | undefined =>
  or(
    and(eq(bans.scope, 'merchant'), eq(bans.merchantId, merchantId)),
    and(eq(bans.scope, 'show'), eq(bans.showId, showId)),
  );

/** How far the ban reaches that keeps a person out of a show; undefined without one. */
export async function findBan(
  orm: Executor,
  place: ShowPlace,
  userId: UserId,
): Promise<BanScope | undefined> {
  const rows = await orm
    .select({ scope: bans.scope })
    .from(bans)
    .where(and(eq(bans.userId, userId), reaches(place)))
    .orderBy(asc(bans.scope));
  return rows[0]?.scope;
}

/** Everybody whom the shop keeps out of all of its shows, those who were banned first at the front. */
export async function findBannedByMerchant(orm: Executor, merchantId: MerchantId): Promise<UserId[]> {
  const rows = await orm
    .select({ userId: bans.userId })
    .from(bans)
    .where(and(eq(bans.merchantId, merchantId), eq(bans.scope, 'merchant')))
    .orderBy(asc(bans.id));
  return rows.map(({ userId }) => userId);
}
