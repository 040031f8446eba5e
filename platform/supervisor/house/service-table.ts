import type { PortName } from './ports.ts';

/** The processes that the house consists of, besides the databases. */
export type ServiceName = 'commerce' | 'signaling' | 'media-server' | 'workers' | 'edge';

export interface ServiceEntry {
  readonly name: ServiceName;
  /** The program, from the root of the checkout. */
  readonly main: string;
  /** Whose `/healthz` says that it is ready; the edge's port is chosen apart. */
  readonly port: PortName | 'edge';
  /** The secrets that it is given; every other variable is given to all. */
  readonly secrets: readonly SecretName[];
}

/** Variables that only those get who need them. */
export const secretNames = [
  'DATABASE_URL',
  'REDIS_URL',
  'SOUK_SERVICE_SECRET',
  'SOUK_SESSION_SECRET',
  'SOUK_SIGNING_KEY',
  'SOUK_WEBHOOK_SECRET',
  'S3_SECRET_ACCESS_KEY',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
] as const;
export type SecretName = (typeof secretNames)[number];

const payments: readonly SecretName[] = ['SOUK_WEBHOOK_SECRET', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'];

export const serviceTable: readonly ServiceEntry[] = [
  {
    name: 'commerce',
    main: 'commerce/main.ts',
    port: 'commerce',
    secrets: [
      'DATABASE_URL',
      'REDIS_URL',
      'SOUK_SERVICE_SECRET',
      'SOUK_SESSION_SECRET',
      'SOUK_SIGNING_KEY',
      ...payments,
    ],
  },
  { name: 'signaling', main: 'signaling/main.ts', port: 'signaling', secrets: ['REDIS_URL'] },
  {
    name: 'media-server',
    main: 'media-server/main.ts',
    port: 'media',
    secrets: ['REDIS_URL', 'SOUK_SERVICE_SECRET', 'S3_SECRET_ACCESS_KEY'],
  },
  {
    name: 'workers',
    main: 'workers/main.ts',
    port: 'workers',
    secrets: ['DATABASE_URL', 'REDIS_URL', 'SOUK_SERVICE_SECRET', 'S3_SECRET_ACCESS_KEY', ...payments],
  },
  { name: 'edge', main: 'platform/supervisor/edge/main.ts', port: 'edge', secrets: [] },
];
