import { createJobQueues } from '@souk/jobs/queues';
import { redisUrlSchema } from '@souk/runtime/common-config';
import { parseConfig } from '@souk/runtime/config';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis } from '@souk/runtime/redis';
import { z } from 'zod';

/**
 * A worker for the crash test, run as a process. It counts in Redis how often it began a job; the first time it
 * never finishes, so that the test can kill it in the middle of its work.
 */
const config = parseConfig(z.object({ REDIS_URL: redisUrlSchema }), process.env);
const logger = createLogger({ name: 'slow-worker', level: 'warn' });
const redis = createRedis({ url: config.REDIS_URL, name: 'slow-worker', logger });
const queues = createJobQueues({ redisUrl: config.REDIS_URL, logger });

const forever = (): Promise<never> => new Promise(() => undefined);

queues.process(
  'sale-settle',
  async ({ saleId }) => {
    const begun = await redis.incr(`crash-test:${saleId}:begun`);
    if (begun === 1) await forever();
    await redis.incr(`crash-test:${saleId}:finished`);
  },
  { concurrency: 1 },
);

process.on('SIGTERM', () => {
  void queues
    .close({ waitMs: 100 })
    .then(() => closeRedis(redis))
    .then(() => process.exit(0));
});
