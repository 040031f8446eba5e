/**
 * SQL of the lines of orders, one row for each variant whose stock they took: of a bundle its parts, as the line has
 * them. Columns: order_id, sale_id, variant_id, units.
 */
export const lineUnits = `
  SELECT order_id, sale_id, variant_id, quantity AS units FROM order_lines WHERE parts IS NULL
  UNION ALL
  SELECT order_id, sale_id, part->>'variantId', quantity * (part->>'quantity')::int
  FROM order_lines CROSS JOIN jsonb_array_elements(parts) AS part WHERE parts IS NOT NULL`;

/** The same of what sales still have set aside. Columns: sale_id, variant_id, units. */
export const saleUnitsSetAside = `
  SELECT id AS sale_id, variant_id, units - claimed - returned AS units FROM sales WHERE parts IS NULL
  UNION ALL
  SELECT id, part->>'variantId', (units - claimed - returned) * (part->>'quantity')::int
  FROM sales CROSS JOIN jsonb_array_elements(parts) AS part WHERE parts IS NOT NULL`;
