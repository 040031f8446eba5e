import { AppError } from '@souk/runtime/app-error';
import { findBearerToken, type TokenVerifier } from '@souk/runtime/tokens';
import type { FastifyRequest } from 'fastify';
import type { Viewer } from '../stage/media-sessions.ts';

/** The media ticket of a request. Throws AppError UNAUTHENTICATED, TOKEN_EXPIRED, UNAVAILABLE. */
export async function getTicket(verifier: TokenVerifier, request: FastifyRequest): Promise<Viewer> {
  const token = findBearerToken(request.headers.authorization);
  if (token === undefined) throw new AppError('UNAUTHENTICATED');
  const { sub, showId, can } = await verifier.verifyMediaTicket(token);
  return { userId: sub, showId, can, address: request.ip };
}
