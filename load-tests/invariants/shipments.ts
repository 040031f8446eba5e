import { createSqlInvariant } from './invariant.ts';

/** What was handed to the carrier can be followed, and was paid for. */
export const shipments = createSqlInvariant({
  name: 'dispatched orders have a shipment',
  sql: `
    SELECT orders.id AS subject,
           format('order %s, shipment %s, tracking number %s', orders.status,
                  coalesce(shipments.status, 'missing'), coalesce(tracking_number, 'missing')) AS detail
    FROM orders LEFT JOIN shipments ON shipments.order_id = orders.id
    WHERE (orders.status IN ('dispatched', 'in_transit', 'delivered') AND tracking_number IS NULL)
          OR (orders.status IN ('pending_payment', 'expired') AND shipments.id IS NOT NULL)`,
});
