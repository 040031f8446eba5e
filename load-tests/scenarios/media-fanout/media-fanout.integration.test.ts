import { createTestDatabase, createTestRedis } from '@souk/supervisor/test-database';
import { describe, expect, inject, it } from 'vitest';
import { silentProgress } from '../../world/progress.ts';
import { mediaFanoutParamsSchema, runMediaFanout } from './media-fanout.ts';

describe('media-fanout scenario', () => {
  it('brings packets to every viewer of both servers', { timeout: 180_000 }, async ({ signal }) => {
    const database = await createTestDatabase(inject('databaseUrl'));
    const redis = await createTestRedis(inject('redisUrl'));
    const stores = { databaseUrl: database.url, redisUrl: redis.url, stop: () => database.drop() };
    const params = mediaFanoutParamsSchema.parse({
      viewers: '6',
      rounds: 1,
      seconds: 2,
      workers: 2,
      // Some of the viewers watch through a pipe.
      consumersPerRouter: 6,
    });
    const outcome = await runMediaFanout(params, { progress: silentProgress, signal }, stores);
    // What a packet costs is for the bench, not for a test on a busy machine.
    expect(outcome.checks.filter(({ name }) => name !== 'overheadVsBareMediasoup')).toEqual([
      { name: 'viewers who received nothing', value: 0, bound: '= 0', pass: true },
    ]);
    expect(outcome.results['steps']).toMatchObject([{ viewers: 6, packetsPerSecond: expect.any(Number) }]);
  });
});
