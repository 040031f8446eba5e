import { createSqlInvariant } from './invariant.ts';

/** A sale sells no more units than were set aside for it, nor than its total limit, and its books agree with the orders. */
export const saleUnits = createSqlInvariant({
  name: 'units sold <= allocated',
  sql: `
    SELECT sales.id AS subject,
           format('%s units, limit %s, %s claimed, %s returned, %s in standing orders',
                  units, coalesce(total_limit::text, 'none'), claimed, returned, sold.units_sold) AS detail
    FROM sales
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(order_lines.quantity), 0) AS units_sold
      FROM order_lines JOIN orders ON orders.id = order_lines.order_id
      WHERE order_lines.sale_id = sales.id AND orders.status NOT IN ('expired', 'cancelled')
            AND NOT orders.units_returned
    ) AS sold
    WHERE sold.units_sold > units OR claimed + returned > units OR claimed < sold.units_sold
          OR claimed > total_limit`,
});
