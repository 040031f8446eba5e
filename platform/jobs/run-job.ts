import type { Logger } from '@souk/runtime/logger';
import type { Job } from 'bull';
import type { JobMetrics, JobOutcome } from './job-metrics.ts';
import { getJobSpec, type JobName, type JobPayload, parseJobPayload } from './job-table.ts';

export interface JobContext {
  readonly jobId: string;
  /** 1 at the first try. */
  readonly attempt: number;
  /** Aborted when the time of this try is over. */
  readonly signal: AbortSignal;
}

/** Does one job. May be called twice for the same job, also at the same time: a lost lock cannot be told from a lost worker. */
export type JobHandler<Name extends JobName> = (
  payload: JobPayload<Name>,
  context: JobContext,
) => Promise<void>;

/** Runs one try of a job: parses, calls, logs and counts. Rejects with the handler's error, so that Bull tries again. */
export async function runJob<Name extends JobName>(
  name: Name,
  job: Job<unknown>,
  handler: JobHandler<Name>,
  deps: { readonly logger: Logger; readonly metrics: JobMetrics },
): Promise<void> {
  const startedAtMs = performance.now();
  const attempt = job.attemptsMade + 1;
  const context = { jobId: String(job.id), attempt, signal: AbortSignal.timeout(getJobSpec(name).timeoutMs) };
  try {
    await inTime(handler(await parsePayload(name, job), context), context.signal);
    deps.metrics.observe(name, 'completed', performance.now() - startedAtMs);
  } catch (error) {
    const outcome: JobOutcome = attempt < (job.opts.attempts ?? 1) ? 'retried' : 'failed';
    deps.metrics.observe(name, outcome, performance.now() - startedAtMs);
    const level = outcome === 'failed' ? 'error' : 'warn';
    deps.logger[level]({ event: `job-${outcome}`, job: name, jobId: job.id, attempt, err: error });
    throw error;
  }
}

/** Waits for the work, but no longer than its signal allows; the work itself is told by the signal. */
function inTime(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('the job took too long')), { once: true });
    work.then(resolve, reject);
  });
}

/** A payload that does not fit will not fit later: the job is not tried again. */
async function parsePayload<Name extends JobName>(name: Name, job: Job<unknown>): Promise<JobPayload<Name>> {
  try {
    return parseJobPayload(name, job.data);
  } catch (error) {
    await job.discard();
    throw error;
  }
}
