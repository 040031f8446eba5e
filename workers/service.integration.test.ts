import { createJobQueues, type JobQueues } from '@souk/jobs/queues';
import { createId } from '@souk/protocol/ids';
import { createHttpServer } from '@souk/runtime/http-server';
import { createLogger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import type { Service } from '@souk/runtime/service';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type { JobUseCases } from './jobs/job-use-cases.ts';
import { createWorkersService } from './service.ts';

const logger = createLogger({ name: 'workers-test', level: 'silent' });

describe('workers', () => {
  let useCases: JobUseCases;
  let queues: JobQueues;
  let service: Service;

  beforeEach(async () => {
    const done = () => vi.fn(async () => undefined);
    useCases = {
      endShowWithoutHost: done(),
      announceSale: done(),
      beginSale: done(),
      endSale: done(),
      settleSale: done(),
      expireOrder: done(),
      preparePayment: done(),
      reconcilePayments: done(),
      dispatchOrder: done(),
      deliverSandboxWebhook: done(),
      sweepHolds: done(),
      removeOldRows: done(),
      runCatalogImport: done(),
      sweepRecordings: done(),
      reviewMessage: done(),
      archiveShow: done(),
      archiveTimelines: done(),
      close: done(),
    };
    const redisUrl = (await createTestRedis(inject('redisUrl'))).url;
    const metrics = createMetrics('workers-test');
    queues = createJobQueues({ redisUrl, logger });
    const http = createHttpServer({ logger, metrics, checkReadiness: () => queues.ping() });
    service = createWorkersService({
      queues: createJobQueues({ redisUrl, logger, metrics }),
      useCases,
      packaging: { start: async () => undefined, stop: async () => undefined },
      http,
      host: '127.0.0.1',
      port: 0,
    });
    await service.start();
  });
  afterEach(async () => {
    await service.stop('test');
    await queues.close({ waitMs: 100 });
  });

  it('call the use case of each job with its payload', async () => {
    const showId = createId('show');
    const streamId = createId('stream');
    const saleId = createId('sale');
    const orderId = createId('order');
    const payment = { paymentId: createId('payment'), eventId: 'evt_1' };
    await queues.enqueue('show-host-gone', { showId, streamId }, { jobId: streamId });
    await queues.enqueue('sale-announce', { saleId }, { jobId: saleId });
    await queues.enqueue('sale-begin', { saleId }, { jobId: saleId });
    await queues.enqueue('sale-end', { saleId }, { jobId: saleId });
    await queues.enqueue('sale-settle', { saleId }, { jobId: saleId });
    await queues.enqueue('order-expire', { orderId }, { jobId: orderId });
    await queues.enqueue('order-dispatch', { orderId }, { jobId: orderId });
    await queues.enqueue('sandbox-webhook', payment, { jobId: payment.paymentId });
    await queues.enqueue('show-archive', { showId }, { jobId: showId });
    await vi.waitFor(
      () => {
        expect(useCases.endShowWithoutHost).toHaveBeenCalledExactlyOnceWith({ showId, streamId });
        expect(useCases.announceSale).toHaveBeenCalledExactlyOnceWith({ saleId });
        expect(useCases.beginSale).toHaveBeenCalledExactlyOnceWith({ saleId });
        expect(useCases.endSale).toHaveBeenCalledExactlyOnceWith({ saleId });
        expect(useCases.settleSale).toHaveBeenCalledExactlyOnceWith({ saleId });
        expect(useCases.expireOrder).toHaveBeenCalledExactlyOnceWith({ orderId });
        expect(useCases.dispatchOrder).toHaveBeenCalledExactlyOnceWith({ orderId });
        expect(useCases.deliverSandboxWebhook).toHaveBeenCalledExactlyOnceWith(payment);
        expect(useCases.archiveShow).toHaveBeenCalledExactlyOnceWith({ showId });
      },
      { timeout: 20_000 },
    );
  });

  it('archive timelines every two seconds, with a signal that ends a round in time', async () => {
    await vi.waitFor(() => expect(useCases.archiveTimelines).toHaveBeenCalledTimes(2), { timeout: 20_000 });
    expect(useCases.archiveTimelines).toHaveBeenCalledWith(expect.any(AbortSignal));
  });

  it('sweep holds each second', async () => {
    await vi.waitFor(() => expect(useCases.sweepHolds).toHaveBeenCalledTimes(2), { timeout: 20_000 });
  });
});
