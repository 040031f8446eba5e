import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createPostgresHome } from './database/postgres-home.ts';
import { createPostgresServer, postgresUrl } from './database/postgres-server.ts';
import { createRedisServer, redisUrl } from './database/redis-server.ts';
import { findFreePort } from './process/free-port.ts';
import type { ProcessSpec } from './process/process-spec.ts';
import { type RunningProcess, spawnProcess } from './process/spawn-process.ts';
import { waitUntilReady } from './process/wait-until-ready.ts';

export interface TestServices {
  /** Connection string of an administrator, to the database `postgres`. */
  databaseUrl: string;
  redisUrl: string;
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL and a real Redis on free ports, with throw-away data and without disk flushes.
 * Throws with the server's last lines when one does not come up.
 */
export async function startTestServices(): Promise<TestServices> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'souk-test-'));
  await makeReachable(folder);
  const [postgres, redis] = await Promise.all([startPostgres(folder), startRedis(folder)]);
  return {
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    async stop() {
      await Promise.all([postgres.running.stop(), redis.running.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** mkdtemp makes private folders; PostgreSQL may have to run as another user. What is inside stays private. */
async function makeReachable(folder: string): Promise<void> {
  await chmod(folder, 0o711);
}

async function startPostgres(parent: string) {
  const home = await createPostgresHome();
  const folder = await home.claimFolder(path.join(parent, 'postgres'));
  const settings = {
    folder,
    port: await findFreePort(),
    password: randomBytes(12).toString('hex'),
    disposable: true,
  };
  const running = await startAndWait(await createPostgresServer(home, settings));
  return { running, url: postgresUrl(settings, 'postgres') };
}

async function startRedis(parent: string) {
  const folder = path.join(parent, 'redis');
  await mkdir(folder);
  const settings = {
    folder,
    port: await findFreePort(),
    password: randomBytes(12).toString('hex'),
    disposable: true,
  };
  const running = await startAndWait(await createRedisServer(settings));
  return { running, url: redisUrl(settings) };
}

async function startAndWait(spec: ProcessSpec): Promise<RunningProcess> {
  const lines: string[] = [];
  const running = await spawnProcess(spec, (line) => {
    lines.push(line);
    if (lines.length > 30) lines.shift();
  });
  try {
    await waitUntilReady(spec, running);
    return running;
  } catch (error) {
    await running.stop();
    throw new Error(`${spec.name} did not start:\n${lines.join('\n')}`, { cause: error });
  }
}
