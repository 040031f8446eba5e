import type { MerchantId, ShowId, UserId } from '@souk/protocol/ids';
import { isGuestId } from '@souk/protocol/ids';
import type { Tie } from '@souk/protocol/roles';
import type { OrderStatus } from '@souk/protocol/states';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { merchants } from '../db/schema/accounts.ts';
import { follows } from '../db/schema/community.ts';
import { orders } from '../db/schema/orders.ts';
import { shows } from '../db/schema/shows.ts';

/** How a person stands to a shop. */
export interface Standing {
  readonly isFollowing: boolean;
  readonly hasBought: boolean;
}

export interface Follows {
  /** Throws AppError MERCHANT_NOT_FOUND. */
  standing(merchantId: MerchantId, userId: UserId): Promise<Standing & { followers: number }>;
  /** Following again changes nothing. Throws AppError MERCHANT_NOT_FOUND. */
  follow(merchantId: MerchantId, userId: UserId): Promise<void>;
  unfollow(merchantId: MerchantId, userId: UserId): Promise<void>;
  /** How a person stands to the shop of a show, for the access token; nothing of a show that nobody knows. */
  tiesAt(showId: ShowId, userId: UserId): Promise<Tie[]>;
}

/** An order that was paid, and whose money was not given back. */
const boughtStatuses: readonly OrderStatus[] = ['paid', 'allocated', 'dispatched', 'in_transit', 'delivered'];

export function createFollows({ orm, clock }: { orm: Executor; clock: Clock }): Follows {
  return {
    async standing(merchantId, userId) {
      await assertMerchant(orm, merchantId);
      const followers = await orm
        .select({ count: sql<string>`count(*)` })
        .from(follows)
        .where(eq(follows.merchantId, merchantId));
      return {
        ...(await findStanding(orm, merchantId, userId)),
        followers: Number(followers[0]?.count ?? 0),
      };
    },
    async follow(merchantId, userId) {
      await assertMerchant(orm, merchantId);
      await orm.insert(follows).values({ merchantId, userId, followedAt: clock.now() }).onConflictDoNothing();
    },
    async unfollow(merchantId, userId) {
      await orm.delete(follows).where(isOf(merchantId, userId));
    },
    async tiesAt(showId, userId) {
      const [show] = await orm
        .select({ merchantId: shows.merchantId })
        .from(shows)
        .where(eq(shows.id, showId));
      if (show === undefined) return [];
      const { merchantId } = show;
      const { isFollowing, hasBought } = await findStanding(orm, merchantId, userId);
      return [
        ...(isFollowing ? [{ merchantId, kind: 'follower' } as const] : []),
        ...(hasBought ? [{ merchantId, kind: 'buyer' } as const] : []),
      ];
    },
  };
}

export async function findStanding(orm: Executor, merchantId: MerchantId, userId: UserId): Promise<Standing> {
  const bought = await orm
    .select({ id: orders.id })
    .from(orders)
    .where(isPaidOrder(merchantId, userId))
    .limit(1);
  // Guests have no account that could follow.
  const following = isGuestId(userId)
    ? []
    : await orm.select({ userId: follows.userId }).from(follows).where(isOf(merchantId, userId));
  return { isFollowing: following.length > 0, hasBought: bought.length > 0 };
}

/** Paid orders of one person with a shop. */
export async function countOrders(orm: Executor, merchantId: MerchantId, userId: UserId): Promise<number> {
  const [row] = await orm
    .select({ count: sql<string>`count(*)` })
    .from(orders)
    .where(isPaidOrder(merchantId, userId));
  return Number(row?.count ?? 0);
}

const isOf = (merchantId: MerchantId, userId: UserId) =>
  and(eq(follows.merchantId, merchantId), eq(follows.userId, userId));

const isPaidOrder = (merchantId: MerchantId, userId: UserId) =>
  and(
    eq(orders.buyerId, userId),
    eq(orders.merchantId, merchantId),
    inArray(orders.status, [...boughtStatuses]),
  );

async function assertMerchant(orm: Executor, merchantId: MerchantId): Promise<void> {
  const rows = await orm.select({ id: merchants.id }).from(merchants).where(eq(merchants.id, merchantId));
  if (rows.length === 0) throw new AppError('MERCHANT_NOT_FOUND');
}
