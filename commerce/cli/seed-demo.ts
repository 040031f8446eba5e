import { systemClock } from '@souk/runtime/clock';
import { commonConfig, postgresUrlSchema } from '@souk/runtime/common-config';
import { parseConfig } from '@souk/runtime/config';
import { createLogger } from '@souk/runtime/logger';
import { z } from 'zod';
import { createDatabase } from '../db/database.ts';
import { seedDemo } from '../demo/seed-demo.ts';

/** Makes the demo shop in the database of DATABASE_URL, once. Refused in production. */
const config = parseConfig(z.object({ ...commonConfig, DATABASE_URL: postgresUrlSchema }), process.env);
const logger = createLogger({ name: 'seed-demo', level: config.LOG_LEVEL });
if (config.NODE_ENV === 'production') throw new Error('The demo shop is refused when NODE_ENV=production');
const db = createDatabase({ url: config.DATABASE_URL, logger, name: 'seed-demo', maxConnections: 1 });
try {
  const merchantId = await seedDemo(db, systemClock);
  logger.info({ event: 'demo-shop-ready', merchantId });
} finally {
  await db.close();
}
