import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs when a message waits for the verdict of the shop's review hook. */
export function createChatReviewJob(useCases: Pick<JobUseCases, 'reviewMessage'>): JobHandler<'chat-review'> {
  return (payload) => useCases.reviewMessage(payload);
}
