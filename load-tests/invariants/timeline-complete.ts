import type { Entry } from '@souk/protocol/timeline/entries';
import type { Invariant, Stores, Violation } from './invariant.ts';
import { readTimelines } from './timelines.ts';

const name = 'timeline tells what the database says';

interface Fact {
  readonly showId: string;
  readonly fact: string;
}

/** Every committed fact whose outbox row is gone stands in the timeline, or in its archive. */
export const timelineComplete: Invariant = {
  name,
  async check(stores) {
    // The database first: what the timeline learns afterwards does no harm.
    const expected = await readExpected(stores);
    const told = new Set<string>();
    for (const { showId, entries } of await readTimelines(stores.redis)) {
      for (const entry of entries) told.add(`${showId} ${factOf(entry)}`);
    }
    return expected
      .filter(({ showId, fact }) => !told.has(`${showId} ${fact}`))
      .map(
        ({ showId, fact }): Violation => ({ invariant: name, subject: showId, detail: `${fact} is missing` }),
      );
  },
};

/** $1 is when Redis lost everything: of what was over by then, nothing need be told again. */
const expectedFacts = `
  WITH facts AS (
    SELECT id AS show_id, 'show:created' AS fact FROM shows WHERE status <> 'ended' OR coalesce(ended_at, 'infinity') > $1
    UNION ALL SELECT id, 'show:went-live' FROM shows
      WHERE live_since IS NOT NULL AND (status <> 'ended' OR coalesce(ended_at, 'infinity') > $1)
    UNION ALL SELECT id, 'show:ended' FROM shows WHERE status = 'ended' AND coalesce(ended_at, 'infinity') > $1
    UNION ALL SELECT show_id, 'sale:scheduled ' || id FROM sales WHERE status = 'scheduled'
    UNION ALL SELECT show_id, 'sale:announced ' || id FROM sales WHERE status = 'announced'
    UNION ALL SELECT show_id, 'sale:started ' || id FROM sales
      WHERE status = 'running' OR (status = 'ended' AND coalesce(ended_at, 'infinity') > $1 AND end_reason = 'time-up')
    UNION ALL SELECT show_id, 'sale:ended ' || id FROM sales WHERE status = 'ended' AND coalesce(ended_at, 'infinity') > $1
    UNION ALL SELECT show_id, 'order:changed ' || id || ' ' || status FROM orders
      WHERE show_id IS NOT NULL AND updated_at > $1
  )
  SELECT show_id AS "showId", fact FROM facts
  WHERE NOT EXISTS (SELECT FROM outbox WHERE outbox.lane = facts.show_id)
        AND NOT EXISTS (SELECT FROM timeline_entries WHERE timeline_entries.show_id = facts.show_id)`;

async function readExpected({ pg, redisLostAt }: Stores): Promise<readonly Fact[]> {
  return (await pg.query<Fact>(expectedFacts, [new Date(redisLostAt)])).rows;
}

function factOf(entry: Entry): string {
  switch (entry.type) {
    case 'sale:scheduled':
    case 'sale:announced':
    case 'sale:started':
    case 'sale:ended':
      return `${entry.type} ${entry.data.saleId}`;
    case 'order:changed':
      return `${entry.type} ${entry.data.orderId} ${entry.data.status}`;
    default:
      return entry.type;
  }
}
