import type { MediaSessionId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { TokenVerifier } from '@souk/runtime/tokens';
import type { FastifyRequest } from 'fastify';
import type { MediaSession, MediaSessions, PublishSession, WatchSession } from '../stage/media-sessions.ts';
import { getTicket } from './ticket.ts';

/** Finds the session of a request: its ticket's own, or none. All throw AppError as `getTicket`, and MEDIA_SESSION_NOT_FOUND. */
export interface SessionGuard {
  get(request: FastifyRequest, id: MediaSessionId): Promise<MediaSession>;
  /** Throws AppError FORBIDDEN too. */
  getPublisher(request: FastifyRequest, id: MediaSessionId): Promise<PublishSession>;
  /** Throws AppError FORBIDDEN too. */
  getWatcher(request: FastifyRequest, id: MediaSessionId): Promise<WatchSession>;
}

export function createSessionGuard(deps: {
  readonly sessions: MediaSessions;
  readonly verifier: TokenVerifier;
}): SessionGuard {
  const { sessions, verifier } = deps;
  const get: SessionGuard['get'] = async (request, id) =>
    sessions.getOwn(id, await getTicket(verifier, request));
  return {
    get,
    async getPublisher(request, id) {
      const session = await get(request, id);
      if (session.intent !== 'publish') throw new AppError('FORBIDDEN', { detail: 'a session that watches' });
      return session;
    },
    async getWatcher(request, id) {
      const session = await get(request, id);
      if (session.intent !== 'watch') throw new AppError('FORBIDDEN', { detail: 'a session that publishes' });
      return session;
    },
  };
}
