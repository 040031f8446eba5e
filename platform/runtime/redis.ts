import { Redis } from 'ioredis';
import type { Logger } from './logger.ts';

export type { Redis } from 'ioredis';

export interface RedisOptions {
  readonly url: string;
  /** Shown by CLIENT LIST and in the logs. */
  readonly name: string;
  readonly logger: Logger;
}

const RECONNECT_MAX_MS = 1_000;

/** A Redis client that reconnects by itself and says when it lost and found the server. */
export function createRedis({ url, name, logger }: RedisOptions): Redis {
  const redis = new Redis(url, {
    connectionName: name,
    maxRetriesPerRequest: 3,
    retryStrategy: (attempt) => Math.min(attempt * 50, RECONNECT_MAX_MS),
    enableAutoPipelining: false,
  });
  let lost = false;
  redis.on('error', (err: Error) => {
    if (!lost) logger.warn({ event: 'redis-lost', connection: name, err });
    lost = true;
  });
  redis.on('ready', () => {
    if (lost) logger.info({ event: 'redis-found', connection: name });
    lost = false;
  });
  return redis;
}

/** Ends a connection politely, or at once when the server does not answer. Idempotent. */
export async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status === 'end') return;
  if (redis.status !== 'ready') {
    redis.disconnect();
    return;
  }
  await redis.quit().catch(() => redis.disconnect());
}

/** A Lua script that is sent once and called by its digest. */
export type Script = (keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

/** Prepares a Lua script. `name` must be unique on that connection. */
export function defineScript(redis: Redis, name: string, lua: string): Script {
  redis.defineCommand(name, { lua });
  const commands = redis as unknown as Record<string, (...args: (string | number)[]) => Promise<unknown>>;
  return (keys, args) => {
    const command = commands[name];
    if (command === undefined) throw new Error(`the script ${name} is not defined`);
    return command.call(redis, keys.length, ...keys, ...args);
  };
}
