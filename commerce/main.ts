import { systemClock } from '@souk/runtime/clock';
import { parseConfig } from '@souk/runtime/config';
import { createLogger } from '@souk/runtime/logger';
import { runService } from '@souk/runtime/service';
import { commerceConfigSchema } from './config.ts';
import { createCommerce } from './create-commerce.ts';
import { createTrade } from './create-trade.ts';

const config = parseConfig(commerceConfigSchema, process.env);
const logger = createLogger({ name: 'commerce', level: config.LOG_LEVEL });
const { service } = await createCommerce({ config, clock: systemClock, logger, createTrade });
await runService(service, logger);
