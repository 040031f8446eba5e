import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Stands in for the payment service's servers: posts a signed webhook. */
export function createSandboxWebhookJob(
  useCases: Pick<JobUseCases, 'deliverSandboxWebhook'>,
): JobHandler<'sandbox-webhook'> {
  return (payload) => useCases.deliverSandboxWebhook(payload);
}
