import { createSqlInvariant } from './invariant.ts';

/** The sums of the movements are the stock. */
export const ledger = createSqlInvariant({
  name: 'ledger = stock',
  sql: `
    SELECT stock.variant_id AS subject,
           format('stock %s/%s/%s, ledger %s/%s/%s (on hand/reserved/allocated)',
                  stock.on_hand, stock.reserved, stock.allocated, moved.on_hand, moved.reserved, moved.allocated) AS detail
    FROM stock
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(on_hand_delta), 0) AS on_hand,
             coalesce(sum(reserved_delta), 0) AS reserved,
             coalesce(sum(allocated_delta), 0) AS allocated
      FROM stock_movements WHERE stock_movements.variant_id = stock.variant_id
    ) AS moved
    WHERE (stock.on_hand, stock.reserved, stock.allocated)
          IS DISTINCT FROM (moved.on_hand, moved.reserved, moved.allocated)`,
});
