import { expect, test } from 'vitest';
import { createEnvironment, pickEnvironment } from './environment.ts';
import { createSecrets } from './secrets.ts';
import { serviceTable } from './service-table.ts';

const input = (env: NodeJS.ProcessEnv) => ({
  options: {
    stateDir: '/tmp/x',
    port: 8080,
    host: '127.0.0.1',
    publicName: 'localhost',
    demo: 'show' as const,
    disposable: false,
    env,
    report() {},
  },
  address: { origin: 'http://localhost:8080', databaseUrl: 'postgresql://x', redisUrl: 'redis://x' },
  secrets: createSecrets(),
  ports: { postgres: 1, redis: 2, commerce: 3, signaling: 4, media: 5, workers: 6 },
  edgePort: 8080,
  rtcPort: 44_400,
});

test('what is set outside wins over what would be chosen, but not over where things are', () => {
  const env = createEnvironment(
    input({ LOG_LEVEL: 'debug', SOUK_SERVICE_SECRET: 'mine', COMMERCE_PORT: '1', STRIPE_SECRET_KEY: '' }),
  );
  expect(env).toMatchObject({
    LOG_LEVEL: 'debug',
    SOUK_SERVICE_SECRET: 'mine',
    COMMERCE_PORT: '3',
    SOUK_DEMO: '1',
  });
  expect(env['STRIPE_SECRET_KEY']).toBeUndefined();
});

test('the secrets of the databases are in their addresses only', () => {
  const keys = Object.keys(createEnvironment(input({})));
  expect(keys).not.toContain('databasePassword');
});

test('a service gets every variable but the secrets of others', () => {
  const all = createEnvironment(input({ PATH: '/bin', LANG: 'C' }));
  const signaling = serviceTable.find(({ name }) => name === 'signaling');
  const env = pickEnvironment(signaling?.secrets ?? [], all);
  expect(env).toMatchObject({ PATH: '/bin', LANG: 'C', REDIS_URL: 'redis://x', SIGNALING_PORT: '4' });
  for (const key of ['SOUK_SIGNING_KEY', 'SOUK_SESSION_SECRET', 'DATABASE_URL']) {
    expect(env).not.toHaveProperty(key);
  }
});
