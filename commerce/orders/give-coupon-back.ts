import type { OrderId } from '@souk/protocol/ids';
import { sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';

/**
 * Takes the coupon of an order that came to nothing off its books, once. Sales are locked before, stock after it; the
 * coupon before its buyer: the order in which everybody locks them.
 */
export async function giveCouponBack(tx: Tx, orderId: OrderId): Promise<void> {
  await tx.execute(sql`
    with given as (
      update coupon_redemptions set is_returned = true where order_id = ${orderId} and not is_returned
      returning coupon_id, buyer_id, discount_minor
    ), changed as (
      update coupons c set spent_minor = c.spent_minor - g.discount_minor, redemptions = c.redemptions - 1
      from given g where c.id = g.coupon_id
      returning c.id, g.buyer_id
    )
    update coupon_buyers b set redemptions = b.redemptions - 1
    from changed c where b.coupon_id = c.id and b.buyer_id = c.buyer_id`);
}
