import { createSqlInvariant } from './invariant.ts';

/** An order costs what its lines, its shipping and its duties cost, without the discount; taxes are contained. */
export const orderTotals = createSqlInvariant({
  name: 'order total = lines + shipping + duties - discount',
  sql: `
    SELECT orders.id AS subject,
           format('items %s, lines %s, discount %s, shipping %s, duties %s, tax %s, total %s',
                  items_minor, lines.amount_minor, discount_minor, shipping_minor, duties_minor, tax_minor,
                  total_minor) AS detail
    FROM orders
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(quantity * unit_price_minor), 0) AS amount_minor
      FROM order_lines WHERE order_lines.order_id = orders.id
    ) AS lines
    WHERE items_minor <> lines.amount_minor
          OR total_minor <> items_minor + shipping_minor + duties_minor - discount_minor
          OR discount_minor > items_minor + shipping_minor
          OR tax_minor > total_minor`,
});
