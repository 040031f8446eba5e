import { createLogger } from '@souk/runtime/logger';
import { createRedis } from '@souk/runtime/redis';
import { describe, expect, it } from 'vitest';
import { toRefusal } from './to-refusal.ts';

describe('a refusal', () => {
  it('is UNAVAILABLE when Redis is away, so that the client tries again', async () => {
    const logger = createLogger({ name: 'refusal-test', level: 'silent' });
    // Nothing listens on the port of discard.
    const redis = createRedis({ url: 'redis://127.0.0.1:9', name: 'refusal-test', logger });
    const error: unknown = await redis.ping().catch((cause: unknown) => cause);
    redis.disconnect();
    expect(toRefusal(error)).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('is INTERNAL for what nobody expected', () => {
    expect(toRefusal(new Error('a bug'))).toMatchObject({ code: 'INTERNAL' });
    expect(toRefusal('nonsense')).toMatchObject({ code: 'INTERNAL' });
  });
});
