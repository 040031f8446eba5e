import { createSqlInvariant } from './invariant.ts';
import { saleUnitsSetAside } from './line-units.ts';

/** What stock has set aside is what the sales still have. */
export const saleAllocation = createSqlInvariant({
  name: 'allocated = open units of sales',
  sql: `
    SELECT stock.variant_id AS subject, format('allocated %s, sales have %s', allocated, open.units) AS detail
    FROM stock
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(aside.units), 0) AS units
      FROM (${saleUnitsSetAside}) AS aside WHERE aside.variant_id = stock.variant_id
    ) AS open
    WHERE stock.allocated <> open.units`,
});
