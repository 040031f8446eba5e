import type { Logger } from '@souk/runtime/logger';
import Bull from 'bull';
import type { Registry } from 'prom-client';
import { jobOptions, queueOptions } from './bull-options.ts';
import { createBullConnections } from './connections.ts';
import { createJobMetrics, type JobCounts, type JobMetrics } from './job-metrics.ts';
import { getJobSpec, type JobName, type JobPayload, jobNames, parseJobPayload } from './job-table.ts';
import { type JobHandler, runJob } from './run-job.ts';

export interface EnqueueOptions {
  /** A job whose id is known (waiting, running or finished lately) is not added again. */
  readonly jobId: string;
  readonly delayMs?: number;
}

export interface JobQueues {
  /** Adds a job. Throws ZodError when the payload does not fit. */
  enqueue<Name extends JobName>(
    name: Name,
    payload: JobPayload<Name>,
    options: EnqueueOptions,
  ): Promise<void>;
  /** Starts to work on the jobs of that name, `concurrency` at a time. */
  process<Name extends JobName>(
    name: Name,
    handler: JobHandler<Name>,
    options: { readonly concurrency: number },
  ): void;
  /**
   * Lets a job of the table run at its interval (or at `everyMs`), once over all workers, also after Redis has lost its
   * data. Throws RangeError when it has none.
   */
  repeat<Name extends JobName>(
    name: Name,
    payload: JobPayload<Name>,
    options?: { readonly everyMs?: number },
  ): Promise<void>;
  /** How many jobs of that name are in which state. */
  counts(name: JobName): Promise<JobCounts>;
  /** Rejects when Redis does not answer. */
  ping(): Promise<void>;
  /** Takes no more jobs, gives the running ones `waitMs` (default 8 s), then ends the connections. */
  close(options?: { readonly waitMs?: number }): Promise<void>;
}

export interface JobQueuesDeps {
  readonly redisUrl: string;
  readonly logger: Logger;
  readonly metrics?: Registry;
}

/** The queues of the job table on Bull and one Redis. Source of Bull's words: https://github.com/OptimalBits/bull/blob/develop/REFERENCE.md */
export function createJobQueues({ redisUrl, logger, metrics }: JobQueuesDeps): JobQueues {
  const connections = createBullConnections(redisUrl, logger);
  const queues = new Map<JobName, Bull.Queue<unknown>>();
  const working = new Set<JobName>();
  const watches = new Set<NodeJS.Timeout>();

  const queueOf = (name: JobName): Bull.Queue<unknown> => {
    const queue = queues.get(name) ?? new Bull(name, queueOptions(name, connections));
    queues.set(name, queue);
    return queue;
  };
  const counts = (name: JobName): Promise<JobCounts> => countJobs(queueOf(name));
  const countAll = async (): Promise<Map<JobName, JobCounts>> => {
    const names = jobNames.filter((name) => working.has(name));
    return new Map(await Promise.all(names.map(async (name) => [name, await counts(name)] as const)));
  };
  const jobMetrics: JobMetrics =
    metrics === undefined ? { observe: () => undefined } : createJobMetrics(metrics, countAll);

  return {
    async enqueue(name, payload, { jobId, delayMs = 0 }) {
      const data = parseJobPayload(name, payload);
      await queueOf(name).add(data, { ...jobOptions(name), jobId, delay: Math.max(0, delayMs) });
    },
    process(name, handler, { concurrency }) {
      const queue = queueOf(name);
      working.add(name);
      queue.on('stalled', (job) => logger.warn({ event: 'job-taken-over', job: name, jobId: job.id }));
      queue.on('error', (error) => logger.warn({ event: 'job-queue-error', job: name, err: error }));
      const work = (job: Bull.Job<unknown>): Promise<void> =>
        runJob(name, job, handler, { logger, metrics: jobMetrics });
      queue.process(concurrency, work).catch((error: unknown) => {
        logger.error({ event: 'job-queue-stopped', job: name, err: error });
      });
    },
    async repeat(name, payload, { everyMs = getJobSpec(name).everyMs } = {}) {
      const data = parseJobPayload(name, payload);
      if (everyMs === undefined) throw new RangeError(`${name} has no interval`);
      const ask = (): Promise<void> => repeatJob(queueOf(name), name, { data, everyMs });
      await ask();
      watches.add(setInterval(createWatch(name, ask, logger), REPEAT_WATCH_MS));
    },
    counts,
    async ping() {
      await connections.create('client').ping();
    },
    async close({ waitMs = 8_000 } = {}) {
      for (const watch of watches) clearInterval(watch);
      await Promise.all([...queues.values()].map((queue) => closeQueue(queue, waitMs)));
      await connections.close();
    },
  };
}

/** Bull plans the next run when a run begins: what Redis has lost must be planned anew. Planned already, nothing changes. */
const REPEAT_WATCH_MS = 5_000;

/** Asks again at each call, unless the former asking still waits for Redis. */
function createWatch(name: JobName, ask: () => Promise<void>, logger: Logger): () => void {
  let asking = false;
  return () => {
    if (asking) return;
    asking = true;
    ask()
      .catch((err: unknown) => logger.warn({ event: 'job-not-repeated', job: name, err }))
      .finally(() => {
        asking = false;
      });
  };
}

async function countJobs(queue: Bull.Queue<unknown>): Promise<JobCounts> {
  const { waiting, active, delayed, failed } = await queue.getJobCounts();
  return { waiting, active, delayed, failed };
}

async function repeatJob(
  queue: Bull.Queue<unknown>,
  name: JobName,
  { data, everyMs }: { readonly data: unknown; readonly everyMs: number },
): Promise<void> {
  // A release may change the interval; the former one would go on beside it.
  for (const known of await queue.getRepeatableJobs()) {
    if (known.every !== everyMs) await queue.removeRepeatableByKey(known.key);
  }
  await queue.add(data, { ...jobOptions(name), removeOnComplete: true, repeat: { every: everyMs } });
}

async function closeQueue(queue: Bull.Queue<unknown>, waitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  await Promise.race([queue.close(), patience]);
  clearTimeout(timer);
}
