import { randomUUID } from 'node:crypto';
import type { ShowId } from '@souk/protocol/ids';
import type { Grant } from '@souk/protocol/roles';
import { type Clock, systemClock } from '@souk/runtime/clock';
import { createLogger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import { createTokenSigner, createTokenVerifier, generateSigningKey } from '@souk/runtime/tokens';
import { createSignalingService, type SignalingDeps } from '../service.ts';
import { createTransport } from '../transport/create-transport.ts';

export const PUBLIC_ORIGIN = 'https://souk.test';

const logger = createLogger({ name: 'hub-test', level: 'silent' });

/** A signer of tokens and the verifier that believes it. */
export async function createTestTokens(clock: Clock = systemClock) {
  const signer = await createTokenSigner({ privateJwk: await generateSigningKey(), clock });
  const verifier = createTokenVerifier({ keys: { jwks: signer.jwks }, clock });
  return { signer, verifier };
}

/** Starts a hub node on a free port. */
export async function startHub(
  options: Pick<SignalingDeps, 'redisUrl' | 'verifier'> &
    Partial<Pick<SignalingDeps, 'clock' | 'createTransport' | 'limits'>>,
) {
  const service = createSignalingService({
    nodeId: randomUUID(),
    host: '127.0.0.1',
    port: 0,
    publicOrigin: PUBLIC_ORIGIN,
    metrics: createMetrics('signaling-test'),
    clock: systemClock,
    logger,
    createTransport,
    ...options,
  });
  await service.start();
  return { url: `http://127.0.0.1:${service.getPort()}`, stop: () => service.stop('test') };
}

export const guestGrant: Grant = { role: 'guest', scope: 'platform' };
export const viewerGrant: Grant = { role: 'viewer', scope: 'platform' };
export const moderatorGrant = (showId: ShowId): Grant => ({ role: 'moderator', scope: 'show', showId });
