import { commonConfig, httpUrlSchema, portSchema } from '@souk/runtime/common-config';
import { z } from 'zod';

export const edgeConfigSchema = z.object({
  ...commonConfig,
  EDGE_PORT: portSchema.default(8_080),
  /** Address that the one origin listens on; 0.0.0.0 makes it reachable from other machines. */
  EDGE_HOST: z.string().min(1).default('127.0.0.1'),
  SOUK_PUBLIC_ORIGIN: httpUrlSchema,
  COMMERCE_INTERNAL_URL: httpUrlSchema,
  SIGNALING_INTERNAL_URL: httpUrlSchema,
  MEDIA_INTERNAL_URL: httpUrlSchema,
  PAYMENT_GATEWAY: z.enum(['sandbox', 'stripe']).default('sandbox'),
  /** Files in PEM form; both or none. With them the origin is served by TLS. */
  EDGE_TLS_CERT: z.string().min(1).optional(),
  EDGE_TLS_KEY: z.string().min(1).optional(),
});
export type EdgeConfig = z.output<typeof edgeConfigSchema>;
