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

/**
 * Sends what is asked for in one turn of the event loop by one write. A write costs more than the command that it
 * carries, and under load there are many commands in each turn; alone, a command waits for the turn's end, no longer.
 * Commands stay what they were: no pipeline is made of them.
 */
class BatchingRedis extends Redis {
  #isHolding = false;

  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    this.#holdWrites();
    return super.sendCommand(command, stream);
  }

  #holdWrites(): void {
    // Before `ready` the client speaks with the server itself, and while it waits for a connection there is no stream.
    if (this.#isHolding || this.status !== 'ready') return;
    const { stream } = this;
    this.#isHolding = true;
    stream.cork();
    setImmediate(() => {
      this.#isHolding = false;
      stream.uncork();
    });
  }
}

/** A Redis client that reconnects by itself and says when it lost and found the server. */
export function createRedis({ url, name, logger }: RedisOptions): Redis {
  const redis = new BatchingRedis(url, {
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
