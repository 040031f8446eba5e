import { setTimeout as pause } from 'node:timers/promises';
import { getJobSpec, type JobName, jobNames } from '@souk/jobs/job-table';
import { createJobQueues, type JobQueues } from '@souk/jobs/queues';
import { createLogger } from '@souk/runtime/logger';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { scanKeys } from '../invariants/scan-keys.ts';
import { type ChaosHouse, isHealthy } from './house.ts';

export interface QuietWatch {
  /**
   * Waits until nothing is under way in the house any more, `timeoutMs` at most. Returns what still is (nothing when
   * all is well), and what was the last to be waited for.
   */
  wait(timeoutMs: number): Promise<{ left: readonly string[]; last: readonly string[] }>;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 250;

/** Each row is something that the house will still do by itself. */
const underWay = `
  SELECT 'outbox rows' AS what, count(*)::int AS count FROM outbox
  UNION ALL SELECT 'orders to be paid', count(*)::int FROM orders WHERE status = 'pending_payment'
  UNION ALL SELECT 'payments of orders that are over', count(*)::int FROM payments JOIN orders ON orders.id = order_id
    WHERE payments.status IN ('requires_confirmation', 'processing') AND gateway_ref IS NOT NULL
  UNION ALL SELECT 'refunds', count(*)::int FROM refunds WHERE status = 'pending'
  UNION ALL SELECT 'webhooks', count(*)::int FROM sandbox_events WHERE NOT delivered
  UNION ALL SELECT 'sales', count(*)::int FROM sales WHERE status <> 'ended' OR claimed + returned < units`;

/** Watches stores, services and queues of a house. */
export function createQuietWatch(house: ChaosHouse): QuietWatch {
  const pool = new Pool({ connectionString: house.databaseUrl, max: 1 });
  pool.on('error', () => undefined); // killed; the next look connects anew
  const redis = new Redis(house.redisUrl, { maxRetriesPerRequest: 1 });
  redis.on('error', () => undefined); // likewise
  const queues = createJobQueues({
    redisUrl: house.redisUrl,
    logger: createLogger({ name: 'chaos', level: 'silent' }),
  });
  const look = async (): Promise<string[]> => {
    const sick = await Promise.all(house.healthUrls.map(async (url) => !(await isHealthy(url))));
    const found = [{ what: 'services that are away', count: sick.filter(Boolean).length }];
    if (found[0]?.count === 0) {
      const { rows } = await pool.query<{ what: string; count: number }>(underWay);
      found.push(...rows, ...(await lookAtHolds(redis)), ...(await lookAtQueues(queues)));
    }
    return found.filter(({ count }) => count > 0).map(({ what, count }) => `${count} ${what}`);
  };
  return {
    async wait(timeoutMs) {
      const deadline = performance.now() + timeoutMs;
      for (let last: readonly string[] = []; ; ) {
        const left = await look().catch((error: unknown) => [`no answer: ${String(error)}`]);
        if (left.length === 0 || performance.now() > deadline) return { left, last };
        last = left;
        await pause(LOOK_EVERY_MS);
      }
    },
    async close() {
      await queues.close({ waitMs: 0 });
      redis.disconnect();
      await pool.end();
    },
  };
}

async function lookAtHolds(redis: Redis) {
  const lists = await Promise.all(
    ['holds', 'claims'].map(async (list) => {
      const sizes = await Promise.all(
        (await scanKeys(redis, `*{mer_*}:${list}`)).map((key) => redis.zcard(key)),
      );
      return { what: list, count: sizes.reduce((total, size) => total + size, 0) };
    }),
  );
  const untold = await Promise.all((await scanKeys(redis, '*{mer_*}:untold')).map((key) => redis.llen(key)));
  return [
    ...lists,
    { what: 'expired holds to be told', count: untold.reduce((total, size) => total + size, 0) },
  ];
}

/** Jobs that run again and again are never done; and a live show that nobody broadcasts waits for its host. */
const finite = jobNames.filter((name) => getJobSpec(name).everyMs === undefined && name !== 'show-host-gone');
/** Set to an instant that may lie far ahead; the database tells whether there is still something to do then. */
const timers: readonly JobName[] = ['sale-end', 'order-expire'];

async function lookAtQueues(queues: JobQueues) {
  const countOf = async (name: JobName): Promise<number> => {
    const { waiting, active, delayed } = await queues.counts(name);
    return waiting + active + (timers.includes(name) ? 0 : delayed);
  };
  return Promise.all(finite.map(async (name) => ({ what: `jobs ${name}`, count: await countOf(name) })));
}
