import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs when the slot of a queued payment has come: the payment service is asked for it. */
export function createPaymentPrepareJob(
  useCases: Pick<JobUseCases, 'preparePayment'>,
): JobHandler<'payment-prepare'> {
  return (payload) => useCases.preparePayment(payload);
}
