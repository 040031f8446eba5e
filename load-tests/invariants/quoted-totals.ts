import { createSqlInvariant } from './invariant.ts';

/** Whatever prices do meanwhile, an order costs what its buyer was quoted. */
export const quotedTotals = createSqlInvariant({
  name: 'orders cost what was quoted',
  sql: `
    SELECT orders.id AS subject,
           format('ordered for %s %s, quoted %s %s', orders.total_minor, orders.currency,
                  quote->'totals'->>'totalMinor', quote->'totals'->>'currency') AS detail
    FROM orders JOIN quotes ON quotes.id = orders.quote_id
    WHERE orders.total_minor <> (quote->'totals'->>'totalMinor')::bigint
          OR orders.currency <> quote->'totals'->>'currency' OR orders.buyer_id <> quotes.buyer_id`,
});
