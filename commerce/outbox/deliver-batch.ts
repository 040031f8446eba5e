import { jobNameSchema, parseJobPayload } from '@souk/jobs/job-table';
import type { JobQueues } from '@souk/jobs/queues';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Timeline } from '@souk/timeline/timeline';
import { inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { CrashSeam } from '../crash-seam.ts';
import type { Database, Tx } from '../db/database.ts';
import { outbox } from '../db/schema/outbox.ts';
import type { DeliveryEffects } from './delivery-effects.ts';
import type { RelayMetrics } from './relay-metrics.ts';

export interface DeliveryDeps {
  readonly db: Database;
  readonly timeline: Timeline;
  readonly queues: Pick<JobQueues, 'enqueue'>;
  readonly effects: DeliveryEffects;
  readonly metrics: RelayMetrics;
  readonly crash: CrashSeam;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Lanes (shows, or single jobs) that one transaction takes on. */
const LANES_PER_BATCH = 32;
/** More than one relay takes on, so that another finds free lanes behind. */
const LANES_LOOKED_AT = 128;
const ROWS_PER_BATCH = 500;

type OutboxRow = typeof outbox.$inferSelect;

/** Delivers what the first lanes hold. Returns the number of rows. */
export async function deliverBatch(deps: DeliveryDeps): Promise<number> {
  return deps.db.orm.transaction(async (tx) => {
    const lanes = await lockLanes(tx);
    if (lanes.length === 0) return 0;
    deps.crash.reach('before-relay');
    const rows = await tx
      .select()
      .from(outbox)
      .where(inArray(outbox.lane, lanes))
      .orderBy(outbox.seq)
      .limit(ROWS_PER_BATCH)
      .for('update');
    const delivered = await Promise.all(
      lanes.map((lane) =>
        deliverLane(
          deps,
          rows.filter((row) => row.lane === lane),
        ),
      ),
    );
    const seqs = delivered.flat().map((row) => row.seq);
    if (seqs.length > 0) await tx.delete(outbox).where(inArray(outbox.seq, seqs));
    return seqs.length;
  });
}

/** Locks the first row of some lanes that no other relay has in hand. */
async function lockLanes(tx: Tx): Promise<string[]> {
  const { rows } = await tx.execute(sql`
    WITH heads AS (SELECT min(seq) AS seq FROM outbox GROUP BY lane ORDER BY min(seq) LIMIT ${LANES_LOOKED_AT})
    SELECT o.lane FROM outbox o JOIN heads USING (seq)
    ORDER BY o.seq LIMIT ${LANES_PER_BATCH} FOR UPDATE OF o SKIP LOCKED`);
  return rows.map((row) => laneRow.parse(row).lane);
}

const laneRow = z.object({ lane: z.string() });

/** Delivers the rows of one lane in order, up to the first that fails: that one holds up its own lane only. */
async function deliverLane(deps: DeliveryDeps, rows: readonly OutboxRow[]): Promise<OutboxRow[]> {
  const { clock, logger, metrics } = deps;
  const delivered: OutboxRow[] = [];
  for (const row of rows) {
    try {
      await deliver(deps, row);
    } catch (err) {
      metrics.failed();
      logger.warn({ event: 'outbox-delivery-failed', eventId: row.id, lane: row.lane, err });
      break;
    }
    metrics.delivered(row.payload.kind, clock.now() - row.createdAt);
    delivered.push(row);
  }
  return delivered;
}

async function deliver(deps: DeliveryDeps, { id, payload }: OutboxRow): Promise<void> {
  switch (payload.kind) {
    case 'timeline': {
      // Where Redis has lost the timeline, this waits for it to be made again, with all that came before.
      const mustExist = payload.entry.type !== 'show:created';
      await deps.timeline.append(payload.showId, payload.entry, { dedupeKey: id, mustExist });
      await deps.effects.afterAppend(payload.showId, payload.entry);
      return;
    }
    case 'job': {
      const name = jobNameSchema.parse(payload.name);
      const options = { jobId: payload.jobId, delayMs: Math.max(0, payload.runAt - deps.clock.now()) };
      await deps.queues.enqueue(name, parseJobPayload(name, payload.payload), options);
      return;
    }
  }
}
