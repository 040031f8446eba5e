import { createTestDatabase, createTestRedis } from '@souk/supervisor/test-database';
import { describe, expect, inject, it } from 'vitest';
import { silentProgress } from '../../world/progress.ts';
import { flashSaleParamsSchema, runFlashSale } from './flash-sale.ts';

/** Figures of speed are for the bench, not for a test on a busy machine. */
const bounded = ['holdMs p99', 'ratioToCeiling'];

describe('flash-sale scenario', () => {
  it('sells every unit once to a small crowd', { timeout: 60_000 }, async ({ signal }) => {
    const database = await createTestDatabase(inject('databaseUrl'));
    const redis = await createTestRedis(inject('redisUrl'));
    const stores = { databaseUrl: database.url, redisUrl: redis.url, stop: () => database.drop() };
    const params = flashSaleParamsSchema.parse({
      buyers: 200,
      units: 20,
      arrivalSeconds: 0.5,
      connections: 40,
      warmUpBuyers: 20,
    });
    const outcome = await runFlashSale(params, { progress: silentProgress, signal }, stores);
    expect(outcome.results['violations']).toEqual([]);
    expect(outcome.results).toMatchObject({ granted: 20, soldOut: 180, oversold: 0, unanswered: 0 });
    expect(outcome.checks.filter(({ name, pass }) => !pass && !bounded.includes(name))).toEqual([]);
  });
});
