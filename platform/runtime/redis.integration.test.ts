import { createTestRedis } from '@souk/supervisor/test-database';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createLogger } from './logger.ts';
import { closeRedis, createRedis, type Redis } from './redis.ts';

describe('createRedis', () => {
  let redis: Redis;
  beforeEach(async () => {
    const { url } = await createTestRedis(inject('redisUrl'));
    redis = createRedis({
      url,
      name: 'runtime-test',
      logger: createLogger({ name: 'test', level: 'silent' }),
    });
    await redis.ping();
  });
  afterEach(() => closeRedis(redis));

  it('sends by one write what is asked for in one turn of the event loop, in its order', async () => {
    const { stream } = redis;
    const answers = Promise.all([redis.incr('n'), redis.incr('n'), redis.get('n')]);
    expect(stream.writableLength).toBeGreaterThan(0);
    expect(await answers).toEqual([1, 2, '2']);
    expect(stream.writableCorked).toBe(0);
  });

  it('sends again what a broken connection had not carried away', async () => {
    const answers = Promise.all([redis.set('a', 1), redis.get('a')]);
    redis.stream.destroy();
    expect(await answers).toEqual(['OK', '1']);
    expect(await redis.incr('a')).toBe(2);
  });
});
