import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs when the time of a flash sale is up. */
export function createSaleEndJob(useCases: Pick<JobUseCases, 'endSale'>): JobHandler<'sale-end'> {
  return (payload) => useCases.endSale(payload);
}
