import { commonConfig, portSchema, postgresUrlSchema, redisUrlSchema } from '@souk/runtime/common-config';
import { z } from 'zod';

export const workersConfigSchema = z.object({
  ...commonConfig,
  DATABASE_URL: postgresUrlSchema,
  REDIS_URL: redisUrlSchema,
  /** Port of health and metrics. */
  WORKERS_PORT: portSchema.default(4_003),
});
export type WorkersConfig = z.output<typeof workersConfigSchema>;
