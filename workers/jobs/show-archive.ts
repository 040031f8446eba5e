import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs when a show has ended: its timeline goes into the archive. */
export function createShowArchiveJob(useCases: Pick<JobUseCases, 'archiveShow'>): JobHandler<'show-archive'> {
  return (payload) => useCases.archiveShow(payload);
}
