import { jobNameSchema, parseJobPayload } from '@souk/jobs/job-table';
import type { JobQueues } from '@souk/jobs/queues';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Timeline } from '@souk/timeline/timeline';
import { escapeLiteral, type PoolClient } from 'pg';
import { z } from 'zod';
import type { CrashSeam } from '../crash-seam.ts';
import type { Database } from '../db/database.ts';
import type { OutboxPayload } from '../db/schema/outbox.ts';
import type { DeliveryEffects } from './delivery-effects.ts';
import type { LanePauses } from './lane-pauses.ts';
import type { RelayMetrics } from './relay-metrics.ts';

export interface DeliveryDeps {
  readonly db: Database;
  readonly timeline: Timeline;
  readonly queues: Pick<JobQueues, 'enqueue'>;
  readonly effects: DeliveryEffects;
  readonly metrics: RelayMetrics;
  readonly pauses: LanePauses;
  readonly crash: CrashSeam;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Lanes (shows, or single jobs) that one transaction takes on. */
const LANES_PER_BATCH = 100;
/** More than one relay takes on, so that another finds free lanes behind. */
const LANES_LOOKED_AT = 400;
const ROWS_PER_BATCH = 500;

/**
 * Takes the first lanes whose first row no other relay has in hand, with all their rows. Taken rows are deleted, and
 * locked by that until the transaction ends. A lane whose first row was delivered since the statement began is skipped,
 * and so are those that wait after a failure: however many rows nobody can deliver, others come past them.
 */
const takeBut = (waiting: readonly string[]) => `
  BEGIN;
  WITH heads AS (
    SELECT min(seq) AS seq FROM outbox WHERE lane <> ALL (ARRAY[${waiting.map(escapeLiteral).join()}]::text[])
    GROUP BY lane ORDER BY min(seq) LIMIT ${LANES_LOOKED_AT}
  ), mine AS MATERIALIZED (
    SELECT o.lane FROM outbox o JOIN heads USING (seq) ORDER BY o.seq LIMIT ${LANES_PER_BATCH} FOR UPDATE OF o SKIP LOCKED
  ), taken AS MATERIALIZED (
    SELECT o.seq FROM outbox o WHERE o.lane IN (SELECT lane FROM mine) ORDER BY o.seq LIMIT ${ROWS_PER_BATCH} FOR UPDATE
  )
  DELETE FROM outbox WHERE seq IN (SELECT seq FROM taken)
  RETURNING seq, id, lane, payload, round(extract(epoch FROM created_at) * 1000)::float8 AS "createdAt"`;

/** Two statements in one round trip give two results, of which the types of `pg` know nothing. */
const takenSchema = z.tuple([
  z.unknown(),
  z.object({
    rows: z.array(
      z.object({
        /** A bigint as text. */
        seq: z.string(),
        id: z.string(),
        lane: z.string(),
        payload: z.custom<OutboxPayload>(),
        /** Unix milliseconds. */
        createdAt: z.number(),
      }),
    ),
  }),
]);
type OutboxRow = z.output<typeof takenSchema>[1]['rows'][number];

export interface Batch {
  readonly delivered: number;
  /** True when more may be waiting. */
  readonly isFull: boolean;
}

/** Delivers what the first lanes hold, in two round trips to the database. */
export async function deliverBatch(deps: DeliveryDeps): Promise<Batch> {
  const client = await deps.db.pool.connect();
  try {
    const lanes = toLanes(await takeRows(client, deps.pauses.waiting()));
    if (lanes.length > 0) deps.crash.reach('before-relay');
    const delivered = (await Promise.all(lanes.map((lane) => deliverLane(deps, lane)))).flat();
    const rows = lanes.flat().length;
    if (delivered.length === rows) await client.query('COMMIT');
    else await keepOthers(client, delivered);
    client.release();
    return {
      delivered: delivered.length,
      isFull: lanes.length === LANES_PER_BATCH || rows === ROWS_PER_BATCH,
    };
  } catch (error) {
    // The connection is not used again: its transaction ends with it, and all rows stand.
    client.release(true);
    throw error;
  }
}

async function takeRows(client: PoolClient, waiting: readonly string[]): Promise<OutboxRow[]> {
  const [, { rows }] = takenSchema.parse(await client.query(takeBut(waiting)));
  return rows.sort((a, b) => Number(a.seq) - Number(b.seq));
}

function toLanes(rows: readonly OutboxRow[]): OutboxRow[][] {
  const lanes = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const lane = lanes.get(row.lane);
    if (lane === undefined) lanes.set(row.lane, [row]);
    else lane.push(row);
  }
  return [...lanes.values()];
}

/** What could not be delivered stays. In between another relay may deliver a row again, which changes nothing. */
async function keepOthers(client: PoolClient, delivered: readonly OutboxRow[]): Promise<void> {
  await client.query('ROLLBACK');
  const seqs = delivered.map(({ seq }) => seq);
  if (seqs.length > 0) await client.query('DELETE FROM outbox WHERE seq = ANY($1::bigint[])', [seqs]);
}

/** Delivers the rows of one lane in order, up to the first that fails: that one holds up its own lane only. */
async function deliverLane(deps: DeliveryDeps, rows: readonly OutboxRow[]): Promise<OutboxRow[]> {
  const { clock, logger, metrics, pauses } = deps;
  const delivered: OutboxRow[] = [];
  for (const row of rows) {
    try {
      await deliver(deps, row);
    } catch (err) {
      metrics.failed();
      // It is tried each second; one line tells of it.
      if (pauses.pause(row.lane))
        logger.warn({ event: 'outbox-delivery-failed', eventId: row.id, lane: row.lane, err });
      break;
    }
    pauses.forget(row.lane);
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
