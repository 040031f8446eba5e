import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs when the countdown of a scheduled flash sale begins. */
export function createSaleAnnounceJob(
  useCases: Pick<JobUseCases, 'announceSale'>,
): JobHandler<'sale-announce'> {
  return (payload) => useCases.announceSale(payload);
}
