import { createSqlInvariant } from './invariant.ts';

/** What a coupon counts as used is what standing orders took off with it, and that is within its bounds. */
export const couponBooks = createSqlInvariant({
  name: 'coupons = redemptions',
  sql: `
    SELECT coupons.id AS subject,
           format('spent %s of %s in %s of %s orders, redemptions say %s in %s', spent_minor,
                  coalesce(budget_minor::text, 'any'), redemptions, coalesce(max_redemptions::text, 'any'),
                  used.amount, used.times) AS detail
    FROM coupons
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(discount_minor), 0) AS amount, count(*) AS times
      FROM coupon_redemptions WHERE coupon_redemptions.coupon_id = coupons.id AND NOT is_returned
    ) AS used
    WHERE spent_minor <> used.amount OR redemptions <> used.times
          OR spent_minor > budget_minor OR redemptions > max_redemptions`,
});

/** The same for each buyer. */
export const couponBuyers = createSqlInvariant({
  name: 'coupon uses per buyer <= limit',
  sql: `
    SELECT format('%s of %s', buyer_id, coupons.id) AS subject,
           format('%s uses noted, %s redemptions, limit %s', noted.times, used.times, per_buyer_limit) AS detail
    FROM (
      SELECT coupon_id, buyer_id, redemptions AS times FROM coupon_buyers
    ) AS noted
    FULL JOIN (
      SELECT coupon_id, buyer_id, count(*) AS times
      FROM coupon_redemptions WHERE NOT is_returned GROUP BY coupon_id, buyer_id
    ) AS used USING (coupon_id, buyer_id)
    JOIN coupons ON coupons.id = coupon_id
    WHERE coalesce(noted.times, 0) <> coalesce(used.times, 0) OR used.times > per_buyer_limit`,
});

/** A discount stands in the books of its coupon as long as its order stands. */
export const couponOrders = createSqlInvariant({
  name: 'discounts are redeemed',
  sql: `
    SELECT orders.id AS subject,
           format('order %s with %s off by %s, redeemed %s, returned %s', orders.status, orders.discount_minor,
                  coalesce(coupon_code, 'nothing'), coalesce(redeemed.discount_minor::text, 'nothing'),
                  coalesce(is_returned::text, '-')) AS detail
    FROM orders LEFT JOIN coupon_redemptions AS redeemed ON redeemed.order_id = orders.id
    WHERE (coupon_code IS NULL) <> (redeemed.order_id IS NULL)
          OR orders.discount_minor <> coalesce(redeemed.discount_minor, 0)
          OR (orders.status IN ('expired', 'cancelled') AND NOT is_returned)
          OR (orders.status NOT IN ('expired', 'cancelled', 'refunded', 'returned') AND is_returned)`,
});
