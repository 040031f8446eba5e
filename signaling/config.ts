import { commonConfig, httpUrlSchema, portSchema, redisUrlSchema } from '@souk/runtime/common-config';
import { z } from 'zod';
import { defaultHubLimits, type HubLimits } from './connection/hub-limits.ts';

const countSchema = (standard: number) => z.coerce.number().int().min(1).default(standard);

/** What the hub reads from the environment. */
export const signalingConfigSchema = z.object({
  ...commonConfig,
  REDIS_URL: redisUrlSchema,
  /** Port of `/socket.io`, `/healthz` and `/metrics`. */
  SIGNALING_PORT: portSchema,
  /** Origin of the page; browsers from elsewhere are refused. */
  SOUK_PUBLIC_ORIGIN: httpUrlSchema,
  SOUK_JWKS_URL: httpUrlSchema,
  /** Multiplies every limit that counts by user or by address; for load tests, which come from one address. */
  RATE_LIMIT_FACTOR: z.coerce.number().positive().default(1),
  /** Handshakes that this node takes each second, and as many joins; others are told when to try again. */
  HUB_ADMISSIONS_PER_SECOND: countSchema(defaultHubLimits.admissionsPerSecond),
  /** Connections of one person to this node; with one more the oldest is closed. */
  HUB_CONNECTIONS_PER_USER: countSchema(defaultHubLimits.connectionsPerUser),
  /** Connections from one network address to this node; more are refused. */
  HUB_CONNECTIONS_PER_ADDRESS: countSchema(defaultHubLimits.connectionsPerAddress),
  /** Events of any kind from one person; the connection that sends more for long is closed. */
  HUB_EVENTS_PER_USER_PER_SECOND: countSchema(defaultHubLimits.eventsPerUserPerSecond),
  /** Events of any kind from one network address; more are refused. */
  HUB_EVENTS_PER_ADDRESS_PER_SECOND: countSchema(defaultHubLimits.eventsPerAddressPerSecond),
});

export type SignalingConfig = z.output<typeof signalingConfigSchema>;

/** The limits that the environment asks for. */
export function limitsOf(config: SignalingConfig): Partial<HubLimits> {
  const factor = config.RATE_LIMIT_FACTOR;
  return {
    admissionsPerSecond: config.HUB_ADMISSIONS_PER_SECOND,
    connectionsPerUser: config.HUB_CONNECTIONS_PER_USER * factor,
    connectionsPerAddress: config.HUB_CONNECTIONS_PER_ADDRESS * factor,
    eventsPerUserPerSecond: config.HUB_EVENTS_PER_USER_PER_SECOND * factor,
    eventsPerAddressPerSecond: config.HUB_EVENTS_PER_ADDRESS_PER_SECOND * factor,
  };
}
