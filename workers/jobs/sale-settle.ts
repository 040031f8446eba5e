import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs when the last hold of an ended sale must be over: what is left goes back to the shelf. */
export function createSaleSettleJob(useCases: Pick<JobUseCases, 'settleSale'>): JobHandler<'sale-settle'> {
  return (payload) => useCases.settleSale(payload);
}
