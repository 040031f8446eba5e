import path from 'node:path';
import { fromRoot } from '../paths.ts';
import type { ProcessSpec } from '../process/process-spec.ts';
import { pickEnvironment } from './environment.ts';
import type { ServiceEntry } from './service-table.ts';

const PROBE_TIMEOUT_MS = 2_000;

/** How a service of the table is run: one Node process, TypeScript loaded by tsx, ready when `/healthz` says so. */
export function createServiceProcess(
  entry: ServiceEntry,
  healthUrl: string,
  env: NodeJS.ProcessEnv,
): ProcessSpec {
  return {
    name: entry.name,
    file: process.execPath,
    args: ['--import', 'tsx', fromRoot(entry.main)],
    env: pickEnvironment(entry, env),
    cwd: path.dirname(fromRoot('package.json')),
    stopSignal: 'SIGTERM',
    ownGroup: true,
    isReady: () => isHealthy(healthUrl),
  };
}

async function isHealthy(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
  return response.ok;
}
