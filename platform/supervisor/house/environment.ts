import path from 'node:path';
import { workerBinaryPath } from '../mediasoup-worker/worker-binary.ts';
import type { HouseAddress, HouseOptions } from './options.ts';
import type { Ports } from './ports.ts';
import type { Secrets } from './secrets.ts';
import { type SecretName, secretNames } from './service-table.ts';

interface EnvironmentInput {
  options: HouseOptions;
  address: HouseAddress;
  secrets: Secrets;
  ports: Ports;
  edgePort: number;
  rtcPort: number;
}

/** Every variable of the house; what is set outside wins, but for what the house itself has just decided. */
export function createEnvironment(input: EnvironmentInput): NodeJS.ProcessEnv {
  const { options, address, secrets, ports } = input;
  const { databasePassword: _, redisPassword: __, ...secretVariables } = secrets;
  const local = (port: number) => `http://127.0.0.1:${port}`;
  return {
    LOG_LEVEL: 'info',
    PAYMENT_GATEWAY: 'sandbox',
    MEDIA_RTC_PORT: String(input.rtcPort),
    ...(options.announcedAddress ? { MEDIA_ANNOUNCED_ADDRESS: options.announcedAddress } : {}),
    MEDIA_CACHE_DIR: path.join(options.stateDir, 'media'),
    MEDIA_STORAGE_DIR: path.join(options.stateDir, 'storage'),
    MEDIASOUP_WORKER_BIN: workerBinaryPath(undefined, options.env),
    SOUK_PUBLIC_ORIGIN: address.origin,
    EDGE_HOST: options.host,
    ...secretVariables,
    ...dropEmpty(options.env),
    NODE_ENV: options.env['NODE_ENV'] || 'development',
    SOUK_HOST: '127.0.0.1',
    DATABASE_URL: address.databaseUrl,
    REDIS_URL: address.redisUrl,
    COMMERCE_PORT: String(ports.commerce),
    SIGNALING_PORT: String(ports.signaling),
    MEDIA_PORT: String(ports.media),
    WORKERS_PORT: String(ports.workers),
    EDGE_PORT: String(input.edgePort),
    COMMERCE_INTERNAL_URL: local(ports.commerce),
    SIGNALING_INTERNAL_URL: local(ports.signaling),
    MEDIA_INTERNAL_URL: local(ports.media),
    SOUK_JWKS_URL: `${local(ports.commerce)}/api/auth/jwks.json`,
    SOUK_DEMO: options.demo === 'show' ? '1' : '0',
    ...(options.tls ? { EDGE_TLS_CERT: options.tls.certFile, EDGE_TLS_KEY: options.tls.keyFile } : {}),
  };
}

/** All variables but the secrets of others. */
export function pickEnvironment(secrets: readonly SecretName[], all: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const withheld = new Set<string>(secretNames.filter((name) => !secrets.includes(name)));
  return Object.fromEntries(Object.entries(all).filter(([name]) => !withheld.has(name)));
}

function dropEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}
