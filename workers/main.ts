import { createCommerceUseCases } from '@souk/commerce/use-cases';
import { createJobQueues } from '@souk/jobs/queues';
import { systemClock } from '@souk/runtime/clock';
import { parseConfig } from '@souk/runtime/config';
import { createHttpServer } from '@souk/runtime/http-server';
import { createLogger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import { runService } from '@souk/runtime/service';
import { workersConfigSchema } from './config.ts';
import { createWorkersService } from './service.ts';

const config = parseConfig(workersConfigSchema, process.env);
const logger = createLogger({ name: 'workers', level: config.LOG_LEVEL });
const metrics = createMetrics('workers');
const queues = createJobQueues({ redisUrl: config.REDIS_URL, logger, metrics });
const service = createWorkersService({
  queues,
  useCases: createCommerceUseCases({ config, clock: systemClock, logger, metrics }),
  http: createHttpServer({ logger, metrics, checkReadiness: () => queues.ping() }),
  host: config.SOUK_HOST,
  port: config.WORKERS_PORT,
  reconcileMs: config.RECONCILE_SECONDS * 1_000,
});
await runService(service, logger);
