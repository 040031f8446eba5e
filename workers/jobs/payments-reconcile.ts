import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs each minute: webhooks get lost, and people make mistakes at the payment service. */
export function createPaymentsReconcileJob(
  useCases: Pick<JobUseCases, 'reconcilePayments'>,
): JobHandler<'payments-reconcile'> {
  return () => useCases.reconcilePayments();
}
