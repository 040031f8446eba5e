import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs each second: holds expire by themselves when somebody looks; this is for those that nobody looks at. */
export function createHoldsSweepJob(useCases: Pick<JobUseCases, 'sweepHolds'>): JobHandler<'holds-sweep'> {
  return () => useCases.sweepHolds();
}
