import { commonConfig, httpUrlSchema, portSchema, redisUrlSchema } from '@souk/runtime/common-config';
import { z } from 'zod';

/** What the hub reads from the environment. */
export const signalingConfigSchema = z.object({
  ...commonConfig,
  REDIS_URL: redisUrlSchema,
  /** Port of `/socket.io`, `/healthz` and `/metrics`. */
  SIGNALING_PORT: portSchema,
  /** Origin of the page; browsers from elsewhere are refused. */
  SOUK_PUBLIC_ORIGIN: httpUrlSchema,
  SOUK_JWKS_URL: httpUrlSchema,
});

export type SignalingConfig = z.output<typeof signalingConfigSchema>;
