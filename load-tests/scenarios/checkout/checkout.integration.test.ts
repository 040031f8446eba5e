import { createTestDatabase, createTestRedis } from '@souk/supervisor/test-database';
import { describe, expect, inject, it } from 'vitest';
import { silentProgress } from '../../world/progress.ts';
import { checkoutParamsSchema, runCheckout } from './checkout.ts';

/** Figures of speed are for the bench, not for a test on a busy machine. */
const bounded = [
  'ratioToCeiling, one hot variant',
  'ratioToCeiling, spread',
  'holdToPaidMs p99',
  'pgRoundTripsPerOrder',
];

describe('checkout scenario', () => {
  it('claims every unit once, and every purchase is paid', { timeout: 180_000 }, async ({ signal }) => {
    const database = await createTestDatabase(inject('databaseUrl'));
    const redis = await createTestRedis(inject('redisUrl'));
    const stores = { databaseUrl: database.url, redisUrl: redis.url, stop: () => database.drop() };
    const params = checkoutParamsSchema.parse({
      claims: 20,
      rounds: 1,
      variants: 5,
      buyers: 2,
      seconds: 1,
      quietSeconds: 0.3,
    });
    const outcome = await runCheckout(params, { progress: silentProgress, signal }, stores);
    expect(outcome.results['violations']).toEqual([]);
    expect(outcome.checks.filter(({ name, pass }) => !pass && !bounded.includes(name))).toEqual([]);
  });
});
