import { createTestDatabase, createTestRedis } from '@souk/supervisor/test-database';
import { describe, expect, inject, it } from 'vitest';
import { silentProgress } from '../world/progress.ts';
import { fuzzParamsSchema, runFuzz } from './fuzz.ts';

/** Too few calls for luck to reach everything; the whole run has that check. */
const leftToTheWhole = ['operations without a good answer'];

describe('the fuzz', () => {
  it('finds no fault in a small share of its calls', { timeout: 180_000 }, async ({ signal }) => {
    const database = await createTestDatabase(inject('databaseUrl'));
    const redis = await createTestRedis(inject('redisUrl'));
    const stores = { databaseUrl: database.url, redisUrl: redis.url, stop: () => database.drop() };
    const params = fuzzParamsSchema.parse({ calls: 2_500, seed: 20_261_122 });
    const outcome = await runFuzz(params, { progress: silentProgress, signal }, stores);
    const { serverFaults, malformed, violations } = outcome.results;
    expect({ serverFaults, malformed, violations }).toEqual({
      serverFaults: [],
      malformed: [],
      violations: [],
    });
    expect(outcome.checks.filter(({ name, pass }) => !pass && !leftToTheWhole.includes(name))).toEqual([]);
  });
});
