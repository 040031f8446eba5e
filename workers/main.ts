import { createCommerceUseCases } from '@souk/commerce/use-cases';
import { createJobQueues } from '@souk/jobs/queues';
import { systemClock } from '@souk/runtime/clock';
import { parseConfig } from '@souk/runtime/config';
import { createHttpServer } from '@souk/runtime/http-server';
import { createLogger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import { runService } from '@souk/runtime/service';
import { createStore } from '@souk/storage/storage-config';
import { workersConfigSchema } from './config.ts';
import { buildPackaging } from './packaging/build-packaging.ts';
import { sweepRecordings } from './packaging/recording/sweep-recordings.ts';
import { createWorkersService } from './service.ts';

const config = parseConfig(workersConfigSchema, process.env);
const logger = createLogger({ name: 'workers', level: config.LOG_LEVEL });
const metrics = createMetrics('workers');
const queues = createJobQueues({ redisUrl: config.REDIS_URL, logger, metrics });
const store = createStore(config);
const useCases = createCommerceUseCases({ config, clock: systemClock, logger, metrics });
const service = createWorkersService({
  queues,
  useCases: {
    ...useCases,
    sweepRecordings: () => sweepRecordings({ store, keeping: useCases, logger }),
  },
  packaging: buildPackaging({
    redisUrl: config.REDIS_URL,
    serviceSecret: config.SOUK_SERVICE_SECRET,
    store,
    keeping: useCases,
    metrics,
    clock: systemClock,
    logger,
  }),
  http: createHttpServer({ logger, metrics, checkReadiness: () => queues.ping() }),
  host: config.SOUK_HOST,
  port: config.WORKERS_PORT,
  reconcileMs: config.RECONCILE_SECONDS * 1_000,
});
await runService(service, logger);
