import { availableParallelism } from 'node:os';
import {
  booleanSchema,
  commonConfig,
  httpUrlSchema,
  portSchema,
  redisUrlSchema,
} from '@souk/runtime/common-config';
import { storageConfig } from '@souk/storage/storage-config';
import { z } from 'zod';

const countSchema = z.coerce.number().int().min(1);

/** What media-server reads from the environment. */
export const mediaServerConfigSchema = z
  .object({
    ...commonConfig,
    REDIS_URL: redisUrlSchema,
    MEDIA_PORT: portSchema.default(3_003),
    /** Where commerce serves the keys that media tickets are checked with. */
    SOUK_JWKS_URL: httpUrlSchema,
    /** UDP and TCP port of the first SFU worker; each further worker takes the next one. 0 lets the system choose. */
    MEDIA_RTC_PORT: portSchema.default(40_000),
    /**
     * Addresses that browsers reach the SFU by, separated by commas: IPv4 or a name, and IPv6.
     * Without it: loopback and the first addresses of this machine.
     */
    MEDIA_ANNOUNCED_ADDRESS: z.string().min(1).optional(),
    /** SFU workers; one per core when left out. */
    MEDIA_WORKERS: countSchema.max(128).default(availableParallelism()),
    /** The compiled mediasoup worker; without it the one in the mediasoup package. */
    MEDIASOUP_WORKER_BIN: z.string().min(1).optional(),
    /** Consumers that one worker takes before further watchers of a show are served by another one. */
    MEDIA_CONSUMERS_PER_ROUTER: countSchema.default(400),
    MEDIA_SESSIONS_PER_SHOW: countSchema.default(1_000),
    MEDIA_SESSIONS_PER_ADDRESS: countSchema.default(200),
    /** Multiplies every bound by address; for loads that come from one address. */
    RATE_LIMIT_FACTOR: z.coerce.number().positive().default(1),
    /** How long a live show waits for a host whose stream stopped. */
    HOST_GONE_SECONDS: countSchema.default(300),
    /** 1 puts the demo show on air. */
    SOUK_DEMO: booleanSchema.default(false),
    /** Where pages come from; only to tell when their viewers cannot reach the media. */
    SOUK_PUBLIC_ORIGIN: httpUrlSchema.optional(),
    /** Where packagers reach this server; without it, the address that it listens on. */
    MEDIA_INTERNAL_URL: httpUrlSchema.optional(),
    COMMERCE_INTERNAL_URL: httpUrlSchema.optional(),
    /** Signs and checks what services ask of each other. */
    SOUK_SERVICE_SECRET: z.string().min(16),
    /** Where pictures that are made once are kept. */
    MEDIA_CACHE_DIR: z.string().min(1).default('.souk/media'),
    ...storageConfig,
    /** Where browsers find the storage's files themselves, for example a CDN; without it they are served here. */
    MEDIA_PUBLIC_HLS_URL: httpUrlSchema.optional(),
  })
  .refine((config) => !(config.SOUK_DEMO && config.NODE_ENV === 'production'), {
    path: ['SOUK_DEMO'],
    message: 'the demo show is refused in production',
  })
  .refine(({ MEDIA_RTC_PORT, MEDIA_WORKERS }) => MEDIA_RTC_PORT + MEDIA_WORKERS <= 65_536, {
    path: ['MEDIA_RTC_PORT'],
    message: 'leaves no port for each of the MEDIA_WORKERS',
  })
  .refine((config) => !config.SOUK_DEMO || config.COMMERCE_INTERNAL_URL !== undefined, {
    path: ['SOUK_DEMO'],
    message: 'needs COMMERCE_INTERNAL_URL',
  });

export type MediaServerConfig = Readonly<z.output<typeof mediaServerConfigSchema>>;
