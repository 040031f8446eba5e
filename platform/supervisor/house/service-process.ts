import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
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
    args: ['--import', 'tsx/esm', fromRoot(entry.main)],
    env: pickEnvironment(entry.secrets, env),
    cwd: fromRoot(),
    stopSignal: 'SIGTERM',
    deathSignal: 'SIGKILL',
    ownGroup: true,
    isReady: () => isHealthy(healthUrl),
  };
}

/** The certificate is not checked: it is the own machine that is asked, and the certificate may be self-made. */
function isHealthy(url: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onAnswer = (response: IncomingMessage) => {
      response.resume();
      resolve(response.statusCode === 200);
    };
    const options = { timeout: PROBE_TIMEOUT_MS, agent: false } as const;
    const request = url.startsWith('https:')
      ? getSecure(url, { ...options, rejectUnauthorized: false }, onAnswer)
      : getPlain(url, options, onAnswer);
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
  });
}
