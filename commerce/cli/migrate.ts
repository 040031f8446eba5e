import { postgresUrlSchema } from '@souk/runtime/common-config';
import { parseConfig } from '@souk/runtime/config';
import { createLogger } from '@souk/runtime/logger';
import { z } from 'zod';
import { migrateDatabase } from '../db/migrate.ts';

/** Brings the database of DATABASE_URL to the newest schema. */
const logger = createLogger({ name: 'migrate', level: 'info' });
const config = parseConfig(z.object({ DATABASE_URL: postgresUrlSchema }), process.env);
await migrateDatabase(config.DATABASE_URL);
logger.info({ event: 'database-migrated' });
