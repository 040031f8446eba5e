import { createTestDatabase, createTestRedis } from '@souk/supervisor/test-database';
import { describe, expect, inject, it } from 'vitest';
import { silentProgress } from '../../world/progress.ts';
import { browseParamsSchema, runBrowse } from './browse.ts';

/** Figures of speed are for the bench, not for a test on a busy machine. */
const bounded = ['latencyMs p99'];

describe('browse scenario', () => {
  it('answers every look of a few visitors', { timeout: 60_000 }, async ({ signal }) => {
    const database = await createTestDatabase(inject('databaseUrl'));
    const redis = await createTestRedis(inject('redisUrl'));
    const stores = { databaseUrl: database.url, redisUrl: redis.url, stop: () => database.drop() };
    const params = browseParamsSchema.parse({
      products: 40,
      shows: 2,
      lineup: 10,
      visitors: 10,
      requestsPerSecond: 100,
      seconds: 1,
      connections: 10,
      warmUpSeconds: 0.2,
    });
    const outcome = await runBrowse(params, { progress: silentProgress, signal }, stores);
    expect(outcome.results['violations']).toEqual([]);
    expect(outcome.results).toMatchObject({ unanswered: 0, latencyMs: { count: 100 } });
    expect(outcome.checks.filter(({ name, pass }) => !pass && !bounded.includes(name))).toEqual([]);
  });
});
