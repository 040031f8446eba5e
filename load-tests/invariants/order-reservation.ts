import { createSqlInvariant } from './invariant.ts';
import { lineUnits } from './line-units.ts';

/** What stock has reserved is what orders have that are not handed out yet. */
export const orderReservation = createSqlInvariant({
  name: 'reserved = units of undispatched orders',
  sql: `
    SELECT stock.variant_id AS subject, format('reserved %s, orders have %s', reserved, claimed.units) AS detail
    FROM stock
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(lines.units), 0) AS units
      FROM (${lineUnits}) AS lines JOIN orders ON orders.id = lines.order_id
      WHERE lines.variant_id = stock.variant_id AND orders.status IN ('pending_payment', 'paid')
            AND NOT orders.units_returned
    ) AS claimed
    WHERE stock.reserved <> claimed.units`,
});
