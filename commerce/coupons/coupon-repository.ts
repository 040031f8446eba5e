import type { CouponCard } from '@souk/protocol/coupon';
import type { CouponId, MerchantId, ShowId } from '@souk/protocol/ids';
import { and, asc, desc, eq, ne } from 'drizzle-orm';
import type { Executor, Tx } from '../db/database.ts';
import { coupons } from '../db/schema/coupons.ts';
import { shows } from '../db/schema/shows.ts';

export type CouponRow = typeof coupons.$inferSelect;

/** How many coupons a list holds at most. */
const LIST_LIMIT = 500;

/** The newest coupons of a merchant. */
export async function listCoupons(db: Executor, merchantId: MerchantId): Promise<CouponRow[]> {
  return db
    .select()
    .from(coupons)
    .where(eq(coupons.merchantId, merchantId))
    .orderBy(desc(coupons.createdAt), desc(coupons.id))
    .limit(LIST_LIMIT);
}

/** A coupon of that merchant, or undefined. */
export async function findMerchantsCoupon(
  db: Executor,
  merchantId: MerchantId,
  couponId: CouponId,
): Promise<CouponRow | undefined> {
  const [row] = await db
    .select()
    .from(coupons)
    .where(and(eq(coupons.id, couponId), eq(coupons.merchantId, merchantId)));
  return row;
}

/** The shows that are not over and have this coupon pinned, locked in the order of their ids. */
export async function lockShowsThatPin(tx: Tx, couponId: CouponId): Promise<ShowId[]> {
  const rows = await tx
    .select({ id: shows.id })
    .from(shows)
    .where(and(eq(shows.pinnedCouponId, couponId), ne(shows.status, 'ended')))
    .orderBy(asc(shows.id))
    .for('update');
  return rows.map(({ id }) => id);
}

/** Every pinned coupon of a show that is not over. */
export async function listPinnedCoupons(db: Executor): Promise<{ showId: ShowId; coupon: CouponRow }[]> {
  return db
    .select({ showId: shows.id, coupon: coupons })
    .from(shows)
    .innerJoin(coupons, eq(coupons.id, shows.pinnedCouponId))
    .where(ne(shows.status, 'ended'));
}

/** A coupon as viewers see it. */
export function toCouponCard({
  id: couponId,
  code,
  title,
  benefit,
  currency,
  minItemsMinor,
  endsAt,
}: CouponRow): CouponCard {
  return { couponId, code, title, benefit, currency, minItemsMinor, endsAt };
}
