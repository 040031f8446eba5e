import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { JobName } from './job-table.ts';

export type JobOutcome = 'completed' | 'retried' | 'failed';

export interface JobMetrics {
  /** Notes the end of one try, which took `durationMs`. */
  observe(name: JobName, outcome: JobOutcome, durationMs: number): void;
}

export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

/** Figures of the queues on a registry; `counts` is asked for at each scrape. */
export function createJobMetrics(
  registry: Registry,
  counts: () => Promise<ReadonlyMap<JobName, JobCounts>>,
): JobMetrics {
  const tries = new Counter({
    name: 'souk_job_tries_total',
    help: 'Tries of jobs by outcome.',
    labelNames: ['job', 'outcome'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'souk_job_duration_seconds',
    help: 'How long one try of a job took.',
    labelNames: ['job'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  });
  new Gauge({
    name: 'souk_jobs',
    help: 'Jobs in the queues by state.',
    labelNames: ['job', 'state'],
    registers: [registry],
    async collect() {
      for (const [job, states] of await counts()) {
        for (const [state, count] of Object.entries(states)) this.set({ job, state }, count);
      }
    },
  });
  return {
    observe(job, outcome, durationMs) {
      tries.inc({ job, outcome });
      duration.observe({ job }, durationMs / 1_000);
    },
  };
}
