import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs minutes after a stream stopped: the show ends unless its host is back. */
export function createShowHostGoneJob(
  useCases: Pick<JobUseCases, 'endShowWithoutHost'>,
): JobHandler<'show-host-gone'> {
  return (payload) => useCases.endShowWithoutHost(payload);
}
