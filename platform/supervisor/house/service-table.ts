import type { PortName } from './ports.ts';

/** The processes that the house consists of, besides the databases. */
export type ServiceName = 'commerce' | 'signaling' | 'media-server' | 'workers' | 'edge';

export interface ServiceEntry {
  readonly name: ServiceName;
  /** The program, from the root of the checkout. */
  readonly main: string;
  /** Whose `/healthz` says that it is ready; the edge's port is chosen apart. */
  readonly port: PortName | 'edge';
  /** The variables that it is given: its own and no other's secrets. */
  readonly env: readonly string[];
}

const common = ['NODE_ENV', 'LOG_LEVEL', 'SOUK_HOST', 'SOUK_PUBLIC_ORIGIN', 'SOUK_JWKS_URL'];
const stores = ['DATABASE_URL', 'REDIS_URL'];
const payments = [
  'PAYMENT_GATEWAY',
  'SOUK_WEBHOOK_SECRET',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_PUBLISHABLE_KEY',
  'STRIPE_API_BASE',
];
const inside = ['COMMERCE_INTERNAL_URL', 'MEDIA_INTERNAL_URL', 'SOUK_SERVICE_SECRET'];

export const serviceTable: readonly ServiceEntry[] = [
  {
    name: 'commerce',
    main: 'commerce/main.ts',
    port: 'commerce',
    env: [
      ...common,
      ...stores,
      ...payments,
      ...inside,
      'COMMERCE_PORT',
      'SOUK_SESSION_SECRET',
      'SOUK_SIGNING_KEY',
      'SOUK_DEMO',
    ],
  },
  {
    name: 'signaling',
    main: 'signaling/main.ts',
    port: 'signaling',
    env: [...common, 'REDIS_URL', 'SIGNALING_PORT'],
  },
  {
    name: 'media-server',
    main: 'media-server/main.ts',
    port: 'media',
    env: [
      ...common,
      'REDIS_URL',
      ...inside,
      'MEDIA_PORT',
      'MEDIA_RTC_PORT',
      'MEDIA_ANNOUNCED_ADDRESS',
      'MEDIASOUP_WORKER_BIN',
      'SOUK_DEMO',
    ],
  },
  {
    name: 'workers',
    main: 'workers/main.ts',
    port: 'workers',
    env: [
      ...common,
      ...stores,
      ...payments,
      ...inside,
      'WORKERS_PORT',
      'SOUK_SIGNING_KEY',
      'SOUK_SESSION_SECRET',
    ],
  },
  {
    name: 'edge',
    main: 'platform/supervisor/edge/main.ts',
    port: 'edge',
    env: [
      ...common,
      'EDGE_PORT',
      'EDGE_HOST',
      'EDGE_TLS_CERT',
      'EDGE_TLS_KEY',
      'COMMERCE_INTERNAL_URL',
      'SIGNALING_INTERNAL_URL',
      'MEDIA_INTERNAL_URL',
      'PAYMENT_GATEWAY',
    ],
  },
];
