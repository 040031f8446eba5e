import { parseConfig } from '@souk/runtime/config';
import { createLogger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import { runService } from '@souk/runtime/service';
import { fromRoot } from '../paths.ts';
import { edgeConfigSchema } from './config.ts';
import { createEdgeService } from './service.ts';

const config = parseConfig(edgeConfigSchema, process.env);
const logger = createLogger({ name: 'edge', level: config.LOG_LEVEL });
const metrics = createMetrics('edge');

await runService(
  createEdgeService({ config, logger, metrics, siteFolder: fromRoot('web-viewer/dist') }),
  logger,
);
