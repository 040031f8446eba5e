import { createSqlInvariant } from './invariant.ts';

/** Who was charged has an order for it, at that price; who has a paid order was charged once. */
export const charges = createSqlInvariant({
  name: 'charges = orders',
  sql: `
    SELECT orders.id AS subject,
           format('order %s over %s %s, payment %s over %s %s, refunded %s', orders.status, total_minor, orders.currency,
                  coalesce(payments.status, 'missing'), amount_minor, payments.currency, refunded_minor) AS detail
    FROM orders LEFT JOIN payments ON payments.order_id = orders.id
    WHERE CASE
      WHEN orders.status IN ('paid', 'allocated', 'dispatched', 'in_transit', 'delivered', 'returned', 'refunded') THEN
        payments.status IS NULL OR payments.status NOT IN ('succeeded', 'refunded')
        OR payments.amount_minor <> total_minor OR payments.currency <> orders.currency
      WHEN orders.status = 'pending_payment' THEN
        payments.status IN ('succeeded', 'refunded')
      ELSE
        payments.status IN ('succeeded', 'refunded') AND payments.refunded_minor <> payments.amount_minor
    END`,
});
