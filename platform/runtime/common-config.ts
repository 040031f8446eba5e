import { z } from 'zod';

/** A TCP or UDP port; 0 lets the system choose one. */
export const portSchema = z.coerce.number().int().min(0).max(65_535);
export const booleanSchema = z.enum(['0', '1']).transform((flag) => flag === '1');
export const postgresUrlSchema = z.url({ protocol: /^postgres(?:ql)?$/ });
export const redisUrlSchema = z.url({ protocol: /^rediss?$/ });
export const httpUrlSchema = z.url({ protocol: /^https?$/ });

/** Keys that every service reads. Spread into the service's own schema. */
export const commonConfig = {
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Address that the service listens on. */
  SOUK_HOST: z.string().min(1).default('127.0.0.1'),
} as const;
