import { createSqlInvariant } from './invariant.ts';

/** No count of units is below zero, and nobody was promised more than is there. */
export const stockBounds = createSqlInvariant({
  name: 'stock within bounds',
  sql: `
    SELECT variant_id AS subject,
           format('on hand %s, reserved %s, allocated %s', on_hand, reserved, allocated) AS detail
    FROM stock
    WHERE on_hand < 0 OR reserved < 0 OR allocated < 0 OR reserved + allocated > on_hand`,
});
