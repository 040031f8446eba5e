import type { JobQueues } from '@souk/jobs/queues';
import type { HttpServer } from '@souk/runtime/http-server';
import type { Service } from '@souk/runtime/service';
import type { JobUseCases } from './jobs/job-use-cases.ts';
import { type StartJobsOptions, startJobs } from './jobs/start-jobs.ts';
import type { Packaging } from './packaging/packaging-service.ts';

export interface WorkersDeps extends StartJobsOptions {
  readonly queues: JobQueues;
  readonly useCases: JobUseCases;
  /** Makes HLS and recordings. */
  readonly packaging: Packaging;
  /** Serves health and metrics only. */
  readonly http: HttpServer;
  readonly host: string;
  readonly port: number;
}

/** How long running jobs may go on when the service stops; below the process's own bound. */
const JOBS_STOP_MS = 8_000;

/** The service that does the house's jobs. */
export function createWorkersService(deps: WorkersDeps): Service {
  const { queues, useCases, packaging, http, host, port } = deps;
  let stopping: Promise<void> | undefined;

  const stop = async (): Promise<void> => {
    await Promise.all([queues.close({ waitMs: JOBS_STOP_MS }), packaging.stop()]);
    await Promise.all([useCases.close(), http.close()]);
  };

  return {
    name: 'workers',
    async start() {
      await startJobs(queues, useCases, deps);
      await packaging.start();
      await http.listen({ host, port });
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}
