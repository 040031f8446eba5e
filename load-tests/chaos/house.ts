import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepTestProcess } from '@souk/supervisor/test-keeper';
import { startTestStores, type TestStores } from '@souk/supervisor/test-stores';
import { findFreePort } from '../world/free-port.ts';
import type { Progress } from '../world/progress.ts';
import { runTasks } from '../world/service-process.ts';
import { createWorldEnvironment, urlOf } from '../world/world-environment.ts';

/** A house whose processes may be killed: its keeper starts them again. Its data are durable. */
export interface ChaosHouse {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** The first node of commerce. */
  readonly commerceUrl: string;
  /** Every node of commerce. */
  readonly commerceUrls: readonly string[];
  readonly signingKey: string;
  /** A file of a crash point's name in here arms it. */
  readonly crashPointsDir: string;
  readonly stores: TestStores;
  /** The nodes of a service that are alive. */
  findNodes(service: 'commerce' | 'workers'): { readonly name: string; readonly pid: number }[];
  /** Calls back with the name of each process that dies unasked. Returns how to end that. */
  onDeath(listener: (name: string) => void): () => void;
  /** Health addresses of all services. */
  readonly healthUrls: readonly string[];
  stop(): Promise<void>;
}

export interface ChaosHouseOptions {
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Of commerce and of the workers, each. */
  readonly nodes: number;
  /** More environment for the services: windows that are short enough for a test. */
  readonly env: NodeJS.ProcessEnv;
  /** Where the logs go; a folder of its own that is cleared at the end when left out. */
  readonly logsDir?: string | undefined;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RATE_LIMIT_FACTOR = 100_000;

type Kept = ReturnType<typeof keepTestProcess>;

/** Starts stores, commerce and workers. On failure everything that did start is stopped. */
export async function startChaosHouse(options: ChaosHouseOptions): Promise<ChaosHouse> {
  const { progress, signal, nodes } = options;
  const cleanUps: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  const folder = await mkdtemp(path.join(os.tmpdir(), 'souk-chaos-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  const logsDir = options.logsDir ?? path.join(folder, 'logs');
  const crashPointsDir = path.join(folder, 'crash-points');
  mkdirSync(crashPointsDir);
  mkdirSync(logsDir, { recursive: true });
  const listeners = new Set<(name: string) => void>();
  const onDeath = (name: string): void => {
    for (const listener of listeners) listener(name);
  };
  try {
    progress.step('starting PostgreSQL and Redis, durable');
    const stores = await startTestStores({ logsDir, onDeath });
    cleanUps.push(() => stores.stop());
    const common = await createWorldEnvironment({ ...stores, rateLimitFactor: RATE_LIMIT_FACTOR });
    const env = { ...common.env, ...options.env, CRASH_POINTS_DIR: crashPointsDir };
    signal.throwIfAborted();
    progress.step('making the tables and the demo shop');
    await runTasks(['commerce/cli/migrate.ts', 'commerce/cli/seed-demo.ts'], env, logsDir);
    signal.throwIfAborted();
    progress.step(`starting ${nodes} of commerce and ${nodes} of workers`);
    const started = await startServices({ nodes, env, logsDir, onDeath, cleanUps });
    return {
      databaseUrl: stores.databaseUrl,
      redisUrl: stores.redisUrl,
      commerceUrl: started.commerceUrls[0] ?? '',
      commerceUrls: started.commerceUrls,
      signingKey: common.signingKey,
      crashPointsDir,
      stores,
      findNodes: (service) =>
        started.kept[service].flatMap(({ name, findPid }) => {
          const pid = findPid();
          return pid === undefined ? [] : [{ name, pid }];
        }),
      onDeath(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      healthUrls: started.healthUrls,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface ServicesOptions {
  readonly nodes: number;
  readonly env: NodeJS.ProcessEnv;
  readonly logsDir: string;
  readonly onDeath: (name: string) => void;
  readonly cleanUps: (() => Promise<unknown>)[];
}

/** Each node of the workers has its webhooks delivered to another node of commerce. */
async function startServices({ nodes, env, logsDir, onDeath, cleanUps }: ServicesOptions) {
  const kept: Record<'commerce' | 'workers', Kept[]> = { commerce: [], workers: [] };
  const commerceUrls: string[] = [];
  const healthUrls: string[] = [];
  for (let node = 1; node <= nodes; node += 1) {
    const ports = { COMMERCE_PORT: await findFreePort(), WORKERS_PORT: await findFreePort() };
    const commerceUrl = urlOf(ports.COMMERCE_PORT);
    const own = {
      ...env,
      COMMERCE_PORT: String(ports.COMMERCE_PORT),
      WORKERS_PORT: String(ports.WORKERS_PORT),
      COMMERCE_INTERNAL_URL: commerceUrl,
    };
    commerceUrls.push(commerceUrl);
    for (const [service, url] of [
      ['commerce', commerceUrl],
      ['workers', urlOf(ports.WORKERS_PORT)],
    ] as const) {
      const healthUrl = `${url}/healthz`;
      healthUrls.push(healthUrl);
      const process = keepTestProcess(specOf(service, node, own, healthUrl), { logsDir, onDeath });
      kept[service].push(process);
      cleanUps.push(() => process.stop());
    }
  }
  await Promise.all(Object.values(kept).flatMap((processes) => processes.map((process) => process.start())));
  return { kept, commerceUrls, healthUrls };
}

function specOf(service: string, node: number, env: NodeJS.ProcessEnv, healthUrl: string) {
  return {
    name: `${service}-${node}`,
    file: process.execPath,
    args: ['--import', 'tsx', `${service}/main.ts`],
    env,
    cwd: ROOT,
    stopSignal: 'SIGTERM',
    deathSignal: 'SIGKILL',
    ownGroup: true,
    isReady: () => isHealthy(healthUrl),
  } as const;
}

/** True when a service says that it can work. */
export async function isHealthy(healthUrl: string): Promise<boolean> {
  return fetch(healthUrl, { signal: AbortSignal.timeout(2_000) }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false, // away for the moment
  );
}
