import { createSqlInvariant } from './invariant.ts';

/** The relay hands every committed fact on. */
export const outboxDrained = createSqlInvariant({
  name: 'no outbox row stuck',
  sql: `SELECT id AS subject, format('in lane %s since %s', lane, created_at) AS detail FROM outbox WHERE created_at < $1`,
});
