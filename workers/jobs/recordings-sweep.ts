import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs each minute: recordings go when their time is over, or when somebody removed them. */
export function createRecordingsSweepJob(
  useCases: Pick<JobUseCases, 'sweepRecordings'>,
): JobHandler<'recordings-sweep'> {
  return () => useCases.sweepRecordings();
}
