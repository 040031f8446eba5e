import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Redis } from 'ioredis';
import type { ProcessSpec } from '../process/process-spec.ts';
import { findExecutable } from '../setup/find-executable.ts';
import { SetupError } from '../setup/setup-error.ts';

export interface RedisSettings {
  folder: string;
  port: number;
  password: string;
  /** True for throw-away data: nothing is written to the disk. */
  disposable: boolean;
}

/** How many numbered databases the server has; tests take one each. */
export const REDIS_DATABASES = 64;

export function redisUrl(settings: Pick<RedisSettings, 'port' | 'password'>, database = 0): string {
  return `redis://:${settings.password}@127.0.0.1:${settings.port}/${database}`;
}

/**
 * Writes the server's configuration and answers how to run it: append-only, flushed every second, and never
 * evicting, since a lost hold or timeline entry is worse than a refused write.
 */
export async function createRedisServer(settings: RedisSettings): Promise<ProcessSpec> {
  const file = findExecutable('redis-server') ?? findExecutable('valkey-server');
  if (!file)
    throw new SetupError('There is no redis-server.', 'It is not on the PATH.', 'Run `npm run setup`.');
  await mkdir(settings.folder, { recursive: true, mode: 0o700 });
  const configFile = path.join(settings.folder, 'redis.conf');
  await writeFile(configFile, configText(settings), { mode: 0o600 });
  return {
    name: 'redis',
    file,
    args: [configFile],
    env: { PATH: process.env['PATH'] },
    stopSignal: 'SIGTERM',
    deathSignal: 'SIGTERM',
    ownGroup: true,
    isReady: () => answersPing(redisUrl(settings)),
  };
}

function configText({ folder, port, password, disposable }: RedisSettings): string {
  const settings = {
    bind: '127.0.0.1',
    port,
    requirepass: password,
    dir: JSON.stringify(folder),
    databases: REDIS_DATABASES,
    appendonly: disposable ? 'no' : 'yes',
    appendfsync: 'everysec',
    save: '""',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key} ${value}\n`)
    .join('');
}

async function answersPing(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 2_000 });
  client.on('error', () => {}); // refused connections are what the probe is for
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } finally {
    client.disconnect();
  }
}
