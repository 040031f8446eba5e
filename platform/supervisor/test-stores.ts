import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createPostgresHome } from './database/postgres-home.ts';
import { createPostgresServer, postgresUrl } from './database/postgres-server.ts';
import { createRedisServer, redisUrl } from './database/redis-server.ts';
import { findFreePort } from './process/free-port.ts';
import { keepTestProcess, type TestKeeperOptions } from './test-keeper.ts';

/** PostgreSQL and Redis that write to the disk as those of a real house do, and come up again when they are killed. */
export interface TestStores {
  /** Connection string of an administrator, to the database `postgres`. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  findPid(name: 'postgres' | 'redis'): number | undefined;
  /** The next time that Redis dies, all that it has written is gone. `onLost` tells the instant, Unix milliseconds. */
  loseRedisData(onLost: (at: number) => void): void;
  stop(): Promise<void>;
}

/** Starts both on free ports with empty data. Throws with the last lines of one that does not come up. */
export async function startTestStores({ onDeath, logsDir }: TestKeeperOptions): Promise<TestStores> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'souk-stores-'));
  await chmod(folder, 0o711); // PostgreSQL may run as another user; what is inside stays private
  const home = await createPostgresHome();
  const newServer = async (at: string) => ({
    folder: at,
    port: await findFreePort(),
    password: randomBytes(12).toString('hex'),
    disposable: false,
  });
  const postgresSettings = await newServer(await home.claimFolder(path.join(folder, 'postgres')));
  const redisSettings = await newServer(path.join(folder, 'redis'));
  let onLost: ((at: number) => void) | undefined;

  const postgres = keepTestProcess(await createPostgresServer(home, postgresSettings), {
    logsDir,
    ...(onDeath === undefined ? {} : { onDeath }),
  });
  const redis = keepTestProcess(await createRedisServer(redisSettings), {
    logsDir,
    onDeath(name) {
      if (onLost !== undefined) {
        rmSync(path.join(redisSettings.folder, 'appendonlydir'), { recursive: true, force: true });
        onLost(Date.now());
        onLost = undefined;
      }
      onDeath?.(name);
    },
  });
  const stop = async (): Promise<void> => {
    await Promise.all([postgres.stop(), redis.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all([postgres.start(), redis.start()]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    databaseUrl: postgresUrl(postgresSettings, 'postgres'),
    redisUrl: redisUrl(redisSettings),
    findPid: (name) => (name === 'postgres' ? postgres : redis).findPid(),
    loseRedisData: (listener) => {
      onLost = listener;
    },
    stop,
  };
}
