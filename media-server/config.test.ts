import { parseConfig } from '@souk/runtime/config';
import { describe, expect, it } from 'vitest';
import { mediaServerConfigSchema } from './config.ts';

const env = {
  REDIS_URL: 'redis://127.0.0.1:6379',
  SOUK_JWKS_URL: 'http://127.0.0.1:3001/api/auth/jwks.json',
  SOUK_SERVICE_SECRET: 'a secret of enough length',
};
const demo = {
  SOUK_DEMO: '1',
  COMMERCE_INTERNAL_URL: 'http://127.0.0.1:3001',
};

describe('the configuration of media-server', () => {
  it('needs Redis, the keys of the tickets and the secret of the services, no more', () => {
    expect(parseConfig(mediaServerConfigSchema, env)).toMatchObject({
      SOUK_DEMO: false,
      HOST_GONE_SECONDS: 300,
    });
    expect(() => parseConfig(mediaServerConfigSchema, {})).toThrow(
      /REDIS_URL[\s\S]*SOUK_JWKS_URL[\s\S]*SOUK_SERVICE_SECRET/,
    );
  });

  it('needs a port for each worker', () => {
    const ports = { ...env, MEDIA_RTC_PORT: '65534', MEDIA_WORKERS: '3' };
    expect(() => parseConfig(mediaServerConfigSchema, ports)).toThrow(/MEDIA_RTC_PORT/);
    expect(parseConfig(mediaServerConfigSchema, { ...ports, MEDIA_WORKERS: '2' }).MEDIA_WORKERS).toBe(2);
  });

  it('refuses the demo show in production, and without commerce', () => {
    expect(parseConfig(mediaServerConfigSchema, { ...env, ...demo }).SOUK_DEMO).toBe(true);
    const production = { ...env, ...demo, NODE_ENV: 'production' };
    expect(() => parseConfig(mediaServerConfigSchema, production)).toThrow(/SOUK_DEMO: .*production/);
    expect(() => parseConfig(mediaServerConfigSchema, { ...env, SOUK_DEMO: '1' })).toThrow(
      /COMMERCE_INTERNAL_URL/,
    );
  });
});
