import { createSqlInvariant } from './invariant.ts';

/** No webhook of the sandbox waits for long. */
export const webhooksDelivered = createSqlInvariant({
  name: 'no webhook stuck',
  sql: `
    SELECT id AS subject, format('%s of %s, made at %s', type, payment_id, created_at) AS detail
    FROM sandbox_events WHERE NOT delivered AND created_at < $1`,
});
