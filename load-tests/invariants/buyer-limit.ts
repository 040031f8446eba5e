import { createSqlInvariant } from './invariant.ts';

/** Nobody has more units out of a sale than its limit per buyer. */
export const buyerLimit = createSqlInvariant({
  name: 'units per buyer <= limit',
  sql: `
    SELECT format('%s of %s', sale_buyers.buyer_id, sales.id) AS subject,
           format('%s units noted, %s in orders, limit %s', sale_buyers.units, bought.units, per_buyer_limit) AS detail
    FROM sale_buyers
    JOIN sales ON sales.id = sale_buyers.sale_id
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(order_lines.quantity), 0) AS units
      FROM order_lines JOIN orders ON orders.id = order_lines.order_id
      WHERE order_lines.sale_id = sales.id AND orders.buyer_id = sale_buyers.buyer_id
            AND orders.status NOT IN ('expired', 'cancelled') AND NOT orders.units_returned
    ) AS bought
    WHERE sale_buyers.units > per_buyer_limit OR bought.units > sale_buyers.units`,
});
