import type { ShowId } from '@souk/protocol/ids';
import type { PoolClient } from 'pg';

const lockAll = `
  SELECT pg_advisory_xact_lock(key) FROM (
    SELECT DISTINCT hashtextextended('timeline-archive ' || id, 0) AS key FROM unnest($1::text[]) AS id ORDER BY key
  ) AS keys`;

/**
 * Keeps others from writing to the archives of these shows until the transaction ends. Always in the same order, so
 * that two who lock several do not wait for each other.
 */
export async function lockArchives(client: PoolClient, showIds: readonly ShowId[]): Promise<void> {
  await client.query(lockAll, [showIds]);
}
