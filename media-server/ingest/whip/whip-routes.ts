import { AppError } from '@souk/runtime/app-error';
import type { HttpServer } from '@souk/runtime/http-server';
import type { KeyedBuckets } from '@souk/runtime/token-bucket';
import { findBearerToken } from '@souk/runtime/tokens';
import { addSessionRoutes } from '../../sdp/add-session-routes.ts';
import { addMethods, addSdpScope, getText, SDP, sendDescription } from '../../sdp/sdp-scope.ts';
import type { WhipPublishers } from './publishers.ts';

export interface WhipRoutesDeps {
  readonly publishers: WhipPublishers;
  /** How often one address may try. */
  readonly joins: KeyedBuckets;
}

/** WHIP (RFC 9725): encoders publish here, with the show's stream key as bearer token. */
export function addWhipRoutes(server: HttpServer, { publishers, joins }: WhipRoutesDeps): void {
  addSdpScope(server, (scope) => {
    addMethods(scope, '/whip', { methods: ['POST'], acceptsPost: true });

    scope.post('/whip', async (request, reply) => {
      const take = joins.take(request.ip);
      if (!take.ok) throw new AppError('RATE_LIMITED', { retryAfterMs: take.retryAfterMs });
      const secret = findBearerToken(request.headers.authorization);
      if (secret === undefined) throw new AppError('UNAUTHENTICATED');
      const { resource, answer } = await publishers.publish(secret, request.ip, getText(request, SDP));
      const location = `/whip/${resource.session.id}`;
      return sendDescription(reply, { status: 201, location, etag: resource.etag(), sdp: answer });
    });

    addSessionRoutes(scope, '/whip/:sessionId', { resources: publishers.resources });
  });
}
