import type { JobOptions, QueueOptions } from 'bull';
import type { BullConnections } from './connections.ts';
import { getJobSpec, type JobName } from './job-table.ts';

/** How long finished jobs stay known, so that the same job id is not run again. */
const COMPLETED_KEPT = { age: 3_600, count: 20_000 };
/** Failed jobs stay for people to look at. */
const FAILED_KEPT = { age: 7 * 24 * 3_600, count: 1_000 };

/** A worker that was killed loses its jobs after `LOCK_MS`; others look for such jobs each `STALLED_CHECK_MS`. */
const LOCK_MS = 8_000;
const STALLED_CHECK_MS = 4_000;
/** A job outlives that many kills of its worker. */
const KILLS_SURVIVED = 20;

/** Options of the queue of a job; its keys share one hash tag, so that Bull's scripts run on Redis Cluster. */
export function queueOptions(name: JobName, connections: BullConnections): QueueOptions {
  return {
    prefix: `souk:{jobs:${name}}`,
    createClient: connections.create,
    settings: {
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: KILLS_SURVIVED,
      guardInterval: 1_000,
      retryProcessDelay: 500,
      drainDelay: 5,
    },
  };
}

/** Options of one job of that name: patience from the table, bounded keeping. */
export function jobOptions(name: JobName): JobOptions {
  const spec = getJobSpec(name);
  return {
    attempts: spec.attempts,
    backoff: { type: spec.backoff.type, delay: spec.backoff.delayMs },
    removeOnComplete: COMPLETED_KEPT,
    removeOnFail: FAILED_KEPT,
    stackTraceLimit: 5,
  };
}
