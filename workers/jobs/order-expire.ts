import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs when the time to pay an order is up. */
export function createOrderExpireJob(useCases: Pick<JobUseCases, 'expireOrder'>): JobHandler<'order-expire'> {
  return (payload) => useCases.expireOrder(payload);
}
