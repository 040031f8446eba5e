import { randomUUID } from 'node:crypto';
import { systemClock } from '@souk/runtime/clock';
import { parseConfig } from '@souk/runtime/config';
import { createLogger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import { runService } from '@souk/runtime/service';
import { createTokenVerifier } from '@souk/runtime/tokens';
import { limitsOf, signalingConfigSchema } from './config.ts';
import { createSignalingService } from './service.ts';
import { createTransport } from './transport/create-transport.ts';

const config = parseConfig(signalingConfigSchema, process.env);
const logger = createLogger({ name: 'signaling', level: config.LOG_LEVEL });
const service = createSignalingService({
  nodeId: randomUUID(),
  redisUrl: config.REDIS_URL,
  host: config.SOUK_HOST,
  port: config.SIGNALING_PORT,
  publicOrigin: config.SOUK_PUBLIC_ORIGIN,
  limits: limitsOf(config),
  verifier: createTokenVerifier({ keys: { jwksUrl: config.SOUK_JWKS_URL }, clock: systemClock }),
  metrics: createMetrics('signaling'),
  clock: systemClock,
  logger,
  createTransport,
});
await runService(service, logger);
