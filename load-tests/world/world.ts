import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startTestServices } from '@souk/supervisor/test-services';
import { findFreePort } from './free-port.ts';
import type { Progress } from './progress.ts';
import { runTasks, type ServiceName, type ServiceProcess, startServiceProcess } from './service-process.ts';
import { createWorldEnvironment, urlOf } from './world-environment.ts';

/** A whole house of its own: databases with throw-away data, and every service as a process. */
export interface World {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly commerceUrl: string;
  readonly signalingUrl: string;
  readonly mediaUrl: string;
  /** The private key of access tokens (JWK, JSON), so that crowds need not ask for theirs one by one. */
  readonly signingKey: string;
  /** What the payment sandbox signs its webhooks with. */
  readonly webhookSecret: string;
  readonly services: readonly ServiceProcess[];
  /** Starts one more hub node on the same Redis; it ends with the world, or before. */
  startHub(options?: HubOptions): Promise<HubNode>;
  stop(): Promise<void>;
}

export interface HubOptions {
  /** Flags of Node for it. */
  readonly nodeOptions?: readonly string[];
}

/** A hub of its own address. */
export interface HubNode extends ServiceProcess {
  readonly url: string;
}

export interface Stores {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly progress: Progress;
  /** Aborted when nobody waits for the world any more. */
  readonly signal: AbortSignal;
  /** Multiplies every rate limit. */
  readonly rateLimitFactor: number;
  /** Variables that this world's processes are started with besides. */
  readonly env?: NodeJS.ProcessEnv;
  /** Empty stores to use; without them a PostgreSQL and a Redis of its own are started. */
  readonly stores?: Stores;
  /** The services that are needed; all when left out. */
  readonly services?: readonly ServiceName[];
}

const collectOnSignal = new URL('./collect-on-signal.ts', import.meta.url).href;
const allServices: readonly ServiceName[] = ['commerce', 'signaling', 'media-server', 'workers'];

/** Starts a house on free ports with the demo shop in it. On failure everything that did start is stopped. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { progress, signal, rateLimitFactor, services: serviceNames = allServices } = options;
  const cleanUps: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  try {
    progress.step('starting PostgreSQL and Redis');
    const stores = options.stores ?? (await startTestServices());
    cleanUps.push(() => stores.stop());
    const workDir = await mkdtemp(path.join(os.tmpdir(), 'souk-load-'));
    cleanUps.push(() => rm(workDir, { recursive: true, force: true }));
    const environment = await createWorldEnvironment({ ...stores, rateLimitFactor });
    const { ports, env: ownEnv, signingKey, webhookSecret } = environment;
    const mediaEnv = {
      MEDIA_CACHE_DIR: path.join(workDir, 'media'),
      MEDIA_STORAGE: 'directory',
      MEDIA_STORAGE_DIR: path.join(workDir, 'storage'),
    };
    const env = { ...ownEnv, ...mediaEnv, ...options.env };

    signal.throwIfAborted();
    progress.step('making the tables and the demo shop');
    await runTasks(['commerce/cli/migrate.ts', 'commerce/cli/seed-demo.ts'], env, workDir);

    signal.throwIfAborted();
    progress.step(
      `starting ${serviceNames.join(', ')}; rate limits are lifted by a factor of ${rateLimitFactor}`,
    );
    const started = await Promise.allSettled(
      serviceNames.map(async (name) => {
        const service = await startServiceProcess({ name, port: ports[name], env, logsDir: workDir });
        cleanUps.push(() => service.stop());
        return service;
      }),
    );
    const services = started.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
    signal.throwIfAborted();
    return {
      databaseUrl: stores.databaseUrl,
      redisUrl: stores.redisUrl,
      commerceUrl: urlOf(ports.commerce),
      signalingUrl: urlOf(ports.signaling),
      mediaUrl: urlOf(ports['media-server']),
      signingKey,
      webhookSecret,
      services,
      async startHub({ nodeOptions = [] } = {}) {
        const port = await findFreePort();
        const hub = await startServiceProcess({
          name: 'signaling',
          port,
          env: { ...env, SIGNALING_PORT: String(port) },
          logsDir: workDir,
          nodeOptions: ['--import', collectOnSignal, ...nodeOptions],
        });
        cleanUps.push(() => hub.stop());
        return { ...hub, url: urlOf(port) };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
