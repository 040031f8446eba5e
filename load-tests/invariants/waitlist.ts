import { createSqlInvariant } from './invariant.ts';

/** A buyer has one place in the line of a sale, an offer ends with its window, and nobody waits for a sale that is over. */
export const waitlist = createSqlInvariant({
  name: 'one place in line, while there is a line',
  sql: `
    SELECT format('%s of %s', entries.buyer_id, sales.id) AS subject,
           format('%s active places (%s), sale %s, newest offer until %s', count(*), string_agg(entries.status, ', '),
                  sales.status, max(offer_expires_at)) AS detail
    FROM waitlist_entries AS entries JOIN sales ON sales.id = entries.sale_id
    WHERE entries.status IN ('waiting', 'offered')
    GROUP BY entries.buyer_id, sales.id
    HAVING count(*) > 1 OR (sales.status = 'ended' AND sales.settle_at < $1)
           OR max(offer_expires_at) FILTER (WHERE entries.status = 'offered') < $1`,
});
