import { type Clock, systemClock } from '@souk/runtime/clock';
import { parseConfig } from '@souk/runtime/config';
import { createLogger } from '@souk/runtime/logger';
import { generateSigningKey } from '@souk/runtime/tokens';
import { createTestDatabase, createTestRedis } from '@souk/supervisor/test-database';
import { inject } from 'vitest';
import { commerceConfigSchema } from '../config.ts';
import { type Commerce, type CommerceOptions, createCommerce } from '../create-commerce.ts';
import { createTrade } from '../create-trade.ts';
import { migrateDatabase } from '../db/migrate.ts';

export interface TestCommerce extends Commerce {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  stop(): Promise<void>;
}

/** Commerce on a database and a Redis of its own, not listening: requests are injected. */
export async function startTestCommerce(
  options: { clock?: Clock; env?: NodeJS.ProcessEnv; createTrade?: CommerceOptions['createTrade'] } = {},
): Promise<TestCommerce> {
  const database = await createTestDatabase(inject('databaseUrl'));
  const redis = await createTestRedis(inject('redisUrl'));
  await migrateDatabase(database.url);
  const config = parseConfig(commerceConfigSchema, {
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    SOUK_PUBLIC_ORIGIN: 'http://souk.test',
    COMMERCE_INTERNAL_URL: 'http://127.0.0.1:1',
    COMMERCE_PORT: '0',
    SOUK_WEBHOOK_SECRET: 'webhook-secret-of-the-tests-0123456789',
    SOUK_SERVICE_SECRET: 'service-secret-of-the-tests-0123456789',
    SOUK_SESSION_SECRET: 'session-secret-of-the-tests-0123456789',
    SOUK_SIGNING_KEY: await generateSigningKey(),
    RATE_LIMIT_FACTOR: '1000',
    DISPATCH_DELAY_SECONDS: '0',
    ...options.env,
  });
  const logger = createLogger({ name: 'commerce-test', level: 'silent' });
  const commerce = await createCommerce({
    config,
    clock: options.clock ?? systemClock,
    logger,
    createTrade: options.createTrade ?? createTrade,
    checkAnswers: true,
  });
  await commerce.service.start();
  return {
    ...commerce,
    databaseUrl: database.url,
    redisUrl: redis.url,
    async stop() {
      await commerce.service.stop('test');
      await database.drop();
    },
  };
}
