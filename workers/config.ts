import { useCasesConfig } from '@souk/commerce/use-cases';
import { commonConfig, portSchema } from '@souk/runtime/common-config';
import { storageConfig } from '@souk/storage/storage-config';
import { z } from 'zod';

/** What the workers read from the environment: their own keys, and those of the use cases that they run. */
export const workersConfigSchema = z.object({
  ...commonConfig,
  ...useCasesConfig,
  ...storageConfig,
  /** Signs what packaging asks media servers for. */
  SOUK_SERVICE_SECRET: z.string().min(16),
  /** Port of health and metrics. */
  WORKERS_PORT: portSchema.default(4_003),
});
export type WorkersConfig = z.output<typeof workersConfigSchema>;
