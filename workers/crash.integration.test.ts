import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createJobQueues, type JobQueues } from '@souk/jobs/queues';
import { createId } from '@souk/protocol/ids';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis, type Redis } from '@souk/runtime/redis';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';

const logger = createLogger({ name: 'crash-test', level: 'silent' });
const script = fileURLToPath(new URL('./test-support/slow-worker.ts', import.meta.url));

describe('a worker that is killed', () => {
  const workers: ChildProcess[] = [];
  let redisUrl: string;
  let redis: Redis;
  let queues: JobQueues;

  const startWorker = (): ChildProcess => {
    const env = { ...process.env, REDIS_URL: redisUrl };
    const worker = spawn(process.execPath, ['--import', 'tsx', script], { env, stdio: 'inherit' });
    workers.push(worker);
    return worker;
  };

  beforeEach(async () => {
    redisUrl = (await createTestRedis(inject('redisUrl'))).url;
    redis = createRedis({ url: redisUrl, name: 'crash-test', logger });
    queues = createJobQueues({ redisUrl, logger });
  });
  afterEach(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await queues.close({ waitMs: 100 });
    await closeRedis(redis);
  });

  it('loses no job: another worker takes it over and finishes it', { timeout: 180_000 }, async () => {
    const saleId = createId('sale');
    const counted = (what: string) => redis.get(`crash-test:${saleId}:${what}`);
    const first = startWorker();
    await queues.enqueue('sale-settle', { saleId }, { jobId: saleId });
    await vi.waitFor(async () => expect(await counted('begun')).toBe('1'), { timeout: 60_000, interval: 50 });

    const gone = once(first, 'exit');
    first.kill('SIGKILL');
    await gone;
    startWorker();

    await vi.waitFor(async () => expect(await counted('finished')).toBe('1'), {
      timeout: 90_000,
      interval: 100,
    });
    expect(Number(await counted('begun'))).toBeGreaterThanOrEqual(2);
  });
});
