import { parseConfig } from '@souk/runtime/config';
import { createLogger } from '@souk/runtime/logger';
import { runService } from '@souk/runtime/service';
import { buildMediaService } from './build-service.ts';
import { mediaServerConfigSchema } from './config.ts';

const config = parseConfig(mediaServerConfigSchema, process.env);
const logger = createLogger({ name: 'media-server', level: config.LOG_LEVEL });
await runService(buildMediaService(config, logger).service, logger);
