import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs when the countdown of a flash sale is over. */
export function createSaleBeginJob(useCases: Pick<JobUseCases, 'beginSale'>): JobHandler<'sale-begin'> {
  return (payload) => useCases.beginSale(payload);
}
