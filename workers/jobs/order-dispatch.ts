import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs once an order is paid: the carrier gets it. */
export function createOrderDispatchJob(
  useCases: Pick<JobUseCases, 'dispatchOrder'>,
): JobHandler<'order-dispatch'> {
  return (payload) => useCases.dispatchOrder(payload);
}
