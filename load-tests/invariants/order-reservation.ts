import { createSqlInvariant } from './invariant.ts';

/** What stock has reserved is what orders have that are not handed out yet. */
export const orderReservation = createSqlInvariant({
  name: 'reserved = units of undispatched orders',
  sql: `
    SELECT stock.variant_id AS subject, format('reserved %s, orders have %s', reserved, claimed.units) AS detail
    FROM stock
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(order_lines.quantity), 0) AS units
      FROM order_lines JOIN orders ON orders.id = order_lines.order_id
      WHERE order_lines.variant_id = stock.variant_id AND orders.status IN ('pending_payment', 'paid')
            AND NOT orders.units_returned
    ) AS claimed
    WHERE stock.reserved <> claimed.units`,
});
