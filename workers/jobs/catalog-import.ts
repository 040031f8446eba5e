import type { JobHandler } from '@souk/jobs/run-job';
import type { JobUseCases } from './job-use-cases.ts';

/** Runs when a merchant has handed a CSV in. */
export function createCatalogImportJob(
  useCases: Pick<JobUseCases, 'runCatalogImport'>,
): JobHandler<'catalog-import'> {
  return (payload, { signal }) => useCases.runCatalogImport(payload, signal);
}
