import { createTestDatabase, createTestRedis } from '@souk/supervisor/test-database';
import { describe, expect, inject, it } from 'vitest';
import { silentProgress } from '../world/progress.ts';
import { runSmoke, smokeParamsSchema } from './smoke.ts';

describe('smoke scenario', () => {
  it('plays a small show in which everything holds', { timeout: 240_000 }, async ({ signal }) => {
    const database = await createTestDatabase(inject('databaseUrl'));
    const redis = await createTestRedis(inject('redisUrl'));
    const stores = { databaseUrl: database.url, redisUrl: redis.url, stop: () => database.drop() };
    const params = smokeParamsSchema.parse({
      watchers: 2,
      clients: 8,
      talkers: 3,
      buyers: 6,
      units: 4,
      seconds: 4,
    });
    const outcome = await runSmoke(params, { progress: silentProgress, signal }, stores);
    expect(outcome.results['violations']).toEqual([]);
    expect(outcome.checks.filter(({ pass }) => !pass)).toEqual([]);
  });
});
