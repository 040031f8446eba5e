import type { Logger } from '@souk/runtime/logger';
import { Redis } from 'ioredis';

export interface BullConnections {
  /** Bull's factory: one connection for commands and one for events serve all queues; each blocking one stands alone. */
  create(type: 'client' | 'subscriber' | 'bclient'): Redis;
  /** Ends every connection that was handed out. */
  close(): Promise<void>;
}

/** Redis connections as Bull wants them: never giving up on a command, and without a ready check. */
export function createBullConnections(redisUrl: string, logger: Logger): BullConnections {
  const opened = new Set<Redis>();
  const shared = new Map<string, Redis>();

  const open = (type: string): Redis => {
    const redis = new Redis(redisUrl, {
      connectionName: `jobs-${type}`,
      maxRetriesPerRequest: null,
      enableReadyCheck: false,
      retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 2_000),
    });
    // Every queue listens for errors of the shared connections.
    redis.setMaxListeners(0);
    redis.on('error', (error) => logger.warn({ event: 'jobs-redis-error', connection: type, err: error }));
    opened.add(redis);
    return redis;
  };

  return {
    create(type) {
      if (type === 'bclient') return open(type);
      const redis = shared.get(type) ?? open(type);
      shared.set(type, redis);
      return redis;
    },
    async close() {
      await Promise.all([...opened].map(end));
      opened.clear();
      shared.clear();
    },
  };
}

/** Says goodbye where the server listens; a connection that is down or blocked is simply cut. */
async function end(redis: Redis): Promise<void> {
  if (redis.status === 'end') return;
  if (redis.status === 'ready') await Promise.race([redis.quit().catch(() => undefined), ended(redis)]);
  redis.disconnect();
}

function ended(redis: Redis): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 500);
    redis.once('end', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
