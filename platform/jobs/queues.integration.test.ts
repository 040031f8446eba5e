import { createId } from '@souk/protocol/ids';
import { createLogger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import { closeRedis, createRedis, type Redis } from '@souk/runtime/redis';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { createJobQueues, type JobQueues } from './queues.ts';

const logger = createLogger({ name: 'jobs-test', level: 'silent' });
/** A busy machine is slow; these bounds only end a test that hangs. */
const PATIENCE_MS = 20_000;
const registry = createMetrics('jobs-test');

describe('job queues', () => {
  let queues: JobQueues;
  let others: JobQueues;
  let redis: Redis;

  beforeEach(async () => {
    registry.clear();
    const redisUrl = (await createTestRedis(inject('redisUrl'))).url;
    queues = createJobQueues({ redisUrl, logger, metrics: registry });
    others = createJobQueues({ redisUrl, logger });
    redis = createRedis({ url: redisUrl, name: 'jobs-test', logger });
  });
  afterEach(async () => {
    await Promise.all([queues.close({ waitMs: 100 }), others.close({ waitMs: 100 }), closeRedis(redis)]);
  });

  it('hand a job with its payload to the handler', async () => {
    const saleId = createId('sale');
    const seen = vi.fn();
    queues.process('sale-end', async (payload) => seen(payload), { concurrency: 1 });
    await others.enqueue('sale-end', { saleId }, { jobId: saleId });
    await vi.waitFor(() => expect(seen).toHaveBeenCalledExactlyOnceWith({ saleId }), {
      timeout: PATIENCE_MS,
    });
  });

  it('run a job once, however often its id is added', async () => {
    const orderId = createId('order');
    const last = createId('order');
    const seen: string[] = [];
    queues.process('order-expire', async (payload) => void seen.push(payload.orderId), { concurrency: 1 });
    for (let time = 0; time < 3; time += 1)
      await others.enqueue('order-expire', { orderId }, { jobId: orderId });
    await vi.waitFor(() => expect(seen).toEqual([orderId]), { timeout: PATIENCE_MS });
    await others.enqueue('order-expire', { orderId }, { jobId: orderId });
    await others.enqueue('order-expire', { orderId: last }, { jobId: last });
    await vi.waitFor(() => expect(seen).toEqual([orderId, last]), { timeout: PATIENCE_MS });
  });

  it('try a failed job again, and tell which attempt it is', async () => {
    const orderId = createId('order');
    const attempts: number[] = [];
    queues.process(
      'order-dispatch',
      async (_payload, { attempt }) => {
        attempts.push(attempt);
        if (attempt < 2) throw new Error('the carrier is away');
      },
      { concurrency: 1 },
    );
    await others.enqueue('order-dispatch', { orderId }, { jobId: orderId });
    await vi.waitFor(() => expect(attempts).toEqual([1, 2]), { timeout: PATIENCE_MS });
    const text = await registry.metrics();
    expect(text).toMatch(/souk_job_tries_total\{job="order-dispatch",outcome="retried".*\} 1/);
  });

  it('keep a delayed job until its time', async () => {
    const saleId = createId('sale');
    const addedAt = Date.now();
    const done = vi.fn();
    queues.process('sale-settle', async () => done(Date.now() - addedAt), { concurrency: 1 });
    await others.enqueue('sale-settle', { saleId }, { jobId: saleId, delayMs: 300 });
    expect((await others.counts('sale-settle')).delayed).toBe(1);
    await vi.waitFor(() => expect(done).toHaveBeenCalledOnce(), { timeout: PATIENCE_MS });
    expect(done.mock.calls[0]?.[0]).toBeGreaterThanOrEqual(295);
  });

  it('refuse a payload that does not fit, on the way in', async () => {
    const wrong = { saleId: 'sal_no' } as never;
    await expect(queues.enqueue('sale-end', wrong, { jobId: 'wrong' })).rejects.toThrow();
  });

  it('repeat a job at its interval, once over all workers', async () => {
    let runs = 0;
    const handler = async (): Promise<void> => {
      runs += 1;
    };
    const startedAt = Date.now();
    queues.process('holds-sweep', handler, { concurrency: 1 });
    others.process('holds-sweep', handler, { concurrency: 1 });
    await Promise.all([queues.repeat('holds-sweep', {}), others.repeat('holds-sweep', {})]);
    await vi.waitFor(() => expect(runs).toBeGreaterThanOrEqual(5), { timeout: PATIENCE_MS });
    expect(runs).toBeLessThanOrEqual(Math.ceil((Date.now() - startedAt) / 1_000) + 1);
  });

  it('repeat a job on, also after Redis has lost everything', async () => {
    let runs = 0;
    const handler = async (): Promise<void> => {
      runs += 1;
    };
    queues.process('holds-sweep', handler, { concurrency: 1 });
    await queues.repeat('holds-sweep', {});
    await vi.waitFor(() => expect(runs).toBeGreaterThan(0), { timeout: PATIENCE_MS });
    await redis.flushdb();
    const before = runs;
    await vi.waitFor(() => expect(runs).toBeGreaterThan(before + 2), { timeout: PATIENCE_MS });
  });

  it('refuse to repeat a job without an interval', async () => {
    await expect(queues.repeat('sale-end', { saleId: createId('sale') })).rejects.toThrow(RangeError);
  });

  it('let a running job finish when they close', async () => {
    const showId = createId('show');
    const { promise: entered, resolve: enter } = deferred();
    const { promise: release, resolve: letGo } = deferred();
    const finished = vi.fn();
    queues.process(
      'show-archive',
      async () => {
        enter();
        await release;
        finished();
      },
      { concurrency: 1 },
    );
    await others.enqueue('show-archive', { showId }, { jobId: showId });
    await entered;
    const closing = queues.close({ waitMs: 5_000 });
    letGo();
    await closing;
    expect(finished).toHaveBeenCalledOnce();
    expect((await others.counts('show-archive')).active).toBe(0);
  });
});

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
