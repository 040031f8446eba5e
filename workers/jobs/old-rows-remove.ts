import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs each hour. */
export function createOldRowsRemoveJob(
  useCases: Pick<JobUseCases, 'removeOldRows'>,
): JobHandler<'old-rows-remove'> {
  return () => useCases.removeOldRows();
}
