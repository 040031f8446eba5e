import { randomBytes } from 'node:crypto';
import { generateSigningKey } from '@souk/runtime/tokens';
import { findFreePort } from './free-port.ts';
import type { ServiceName } from './service-process.ts';

export type Ports = Readonly<Record<ServiceName, number>>;

export interface WorldEnvironment {
  readonly ports: Ports;
  /** What every process of the world is started with. */
  readonly env: NodeJS.ProcessEnv;
  /** The value of SOUK_SIGNING_KEY. */
  readonly signingKey: string;
  /** The value of SOUK_WEBHOOK_SECRET. */
  readonly webhookSecret: string;
}

export interface EnvironmentOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly rateLimitFactor: number;
}

/** Fresh ports and secrets, and the limits that a load from one address needs lifted. */
export async function createWorldEnvironment(options: EnvironmentOptions): Promise<WorldEnvironment> {
  const ports: Ports = {
    commerce: await findFreePort(),
    signaling: await findFreePort(),
    'media-server': await findFreePort(),
    workers: await findFreePort(),
  };
  const secret = (): string => randomBytes(32).toString('hex');
  const commerceUrl = urlOf(ports.commerce);
  const signingKey = await generateSigningKey();
  const webhookSecret = secret();
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'test',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    SOUK_HOST: '127.0.0.1',
    SOUK_DEMO: '0',
    DATABASE_URL: options.databaseUrl,
    REDIS_URL: options.redisUrl,
    SOUK_PUBLIC_ORIGIN: commerceUrl,
    COMMERCE_PORT: String(ports.commerce),
    SIGNALING_PORT: String(ports.signaling),
    MEDIA_PORT: String(ports['media-server']),
    WORKERS_PORT: String(ports.workers),
    COMMERCE_INTERNAL_URL: commerceUrl,
    MEDIA_INTERNAL_URL: urlOf(ports['media-server']),
    SOUK_JWKS_URL: `${commerceUrl}/api/auth/jwks.json`,
    SOUK_SERVICE_SECRET: secret(),
    SOUK_SESSION_SECRET: secret(),
    SOUK_WEBHOOK_SECRET: webhookSecret,
    SOUK_SIGNING_KEY: signingKey,
    PAYMENT_GATEWAY: 'sandbox',
    DISPATCH_DELAY_SECONDS: '0',
    RATE_LIMIT_FACTOR: String(options.rateLimitFactor),
    MEDIA_SESSIONS_PER_ADDRESS: '100000',
    MEDIA_RTC_PORT: '0',
    MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1',
  };
  return { ports, env, signingKey, webhookSecret };
}

/** Base URL of a service of the world. */
export function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}
