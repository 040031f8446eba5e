import {
  booleanSchema,
  commonConfig,
  httpUrlSchema,
  portSchema,
  postgresUrlSchema,
  redisUrlSchema,
} from '@souk/runtime/common-config';
import { z } from 'zod';
import { tradeConfig } from './trade-config.ts';

const secretSchema = z.string().min(32);

/** What both the service and its use cases in the workers read. */
export const sharedCommerceConfig = {
  DATABASE_URL: postgresUrlSchema,
  REDIS_URL: redisUrlSchema,
  /** How long a live show waits for its host before it ends by itself. */
  HOST_GONE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(300),
  /** How long recordings are kept; 0: for ever. */
  RECORDING_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(30),
  /** How long Redis keeps the timeline of a show that has ended; the archive has it for ever. */
  TIMELINE_KEEP_HOURS: z.coerce.number().min(0).max(8_760).default(24),
  /** Lets the review hooks of shops be on this network. */
  REVIEW_HOOK_ALLOW_PRIVATE: booleanSchema.default(false),
  /** What a review hook may take; then the shop's choice for silence counts. */
  REVIEW_HOOK_BUDGET_MS: z.coerce.number().int().min(50).max(5_000).default(200),
  ...tradeConfig,
  /** For chaos tests: a file named after a crash point in this folder arms it; refused in production. */
  CRASH_POINTS_DIR: z.string().default(''),
  /** For chaos tests: shows what a broken guard does; refused in production. */
  BREAK_CLAIM_GUARD: booleanSchema.default(false),
} as const;

export const commerceConfigSchema = z.object({
  ...commonConfig,
  ...sharedCommerceConfig,
  COMMERCE_PORT: portSchema.default(4_001),
  /** Where browsers find Souk, for example http://localhost:8080. */
  SOUK_PUBLIC_ORIGIN: httpUrlSchema,
  /** Lets services call `/internal/*` (HS256). */
  SOUK_SERVICE_SECRET: secretSchema,
  /** Signs the session cookie. */
  SOUK_SESSION_SECRET: secretSchema,
  /** Ed25519 private key as a JWK (JSON): signs access tokens and media tickets. */
  SOUK_SIGNING_KEY: z.string().min(1),
  /** Whether a new show is recorded when its host says nothing. */
  RECORD_SHOWS: booleanSchema.default(true),
  /** Multiplies every rate limit; a load test from one address needs more than 1. */
  RATE_LIMIT_FACTOR: z.coerce.number().min(0.01).max(1_000_000).default(1),
  /** Timelines that are streamed as server-sent events at the same time, in all and to one address. */
  TIMELINE_STREAMS: z.coerce.number().int().min(0).max(100_000).default(2_000),
  TIMELINE_STREAMS_PER_ADDRESS: z.coerce.number().int().min(0).max(100_000).default(50),
  /** Keeps the demo show on air; refused in production. */
  SOUK_DEMO: booleanSchema.default(false),
});
export type CommerceConfig = z.output<typeof commerceConfigSchema>;

/** Throws Error when the configuration asks for something that production must not have. */
export function assertFitForProduction(config: Pick<CommerceConfig, 'NODE_ENV' | 'SOUK_DEMO'>): void {
  if (config.NODE_ENV === 'production' && config.SOUK_DEMO)
    throw new Error('SOUK_DEMO is refused when NODE_ENV=production');
}
