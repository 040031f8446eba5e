import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { portSchema, redisUrlSchema } from './common-config.ts';
import { ConfigError, parseConfig } from './config.ts';

const schema = z.object({ REDIS_URL: redisUrlSchema, PORT: portSchema.default(0) });

describe('parseConfig', () => {
  it('names every fault at once and never a value', () => {
    const parse = () => parseConfig(schema, { REDIS_URL: 'secret-nonsense', PORT: '70000' });
    expect(parse).toThrow(ConfigError);
    expect(parse).toThrow(/REDIS_URL[\s\S]*PORT/);
    expect(parse).not.toThrow(/secret-nonsense/);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(parseConfig(schema, { REDIS_URL: 'redis://127.0.0.1:6379', PORT: '' }).PORT).toBe(0);
  });

  it('freezes what it returns', () => {
    expect(Object.isFrozen(parseConfig(schema, { REDIS_URL: 'redis://localhost' }))).toBe(true);
  });
});
