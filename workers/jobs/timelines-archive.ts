import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs every two seconds: what happened goes into the archive, and what Redis needs no more is removed there. */
export function createTimelinesArchiveJob(
  useCases: Pick<JobUseCases, 'archiveTimelines'>,
): JobHandler<'timelines-archive'> {
  return (_payload, { signal }) => useCases.archiveTimelines(signal);
}
