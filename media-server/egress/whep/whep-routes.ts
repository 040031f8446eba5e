import { AppError } from '@souk/runtime/app-error';
import type { HttpServer } from '@souk/runtime/http-server';
import type { KeyedBuckets } from '@souk/runtime/token-bucket';
import { findBearerToken, type TokenVerifier } from '@souk/runtime/tokens';
import { getTicket } from '../../http/ticket.ts';
import { addSessionRoutes } from '../../sdp/add-session-routes.ts';
import { addMethods, addSdpScope, getText, SDP, sendDescription } from '../../sdp/sdp-scope.ts';
import type { WhepPlayers } from './players.ts';

export interface WhepRoutesDeps {
  readonly players: WhepPlayers;
  readonly verifier: TokenVerifier;
  /** How often one address may join. */
  readonly joins: KeyedBuckets;
}

const ENDPOINT = '/whep/:showId';
/** When a player asks again whether the show has a picture. */
const RETRY_AFTER_MS = 2_000;

/**
 * WHEP (draft-ietf-wish-whep): standard players watch here, with the media ticket of the show's API answer as bearer
 * token. An offer whose numbers are not the SFU's is answered with 406 and an offer of ours, which the player answers
 * by PATCH.
 */
export function addWhepRoutes(server: HttpServer, { players, verifier, joins }: WhepRoutesDeps): void {
  addSdpScope(server, (scope) => {
    addMethods(scope, ENDPOINT, { methods: ['POST'], acceptsPost: true });

    scope.post<{ Params: { showId: string } }>(ENDPOINT, async (request, reply) => {
      const ticket = await getTicket(verifier, request);
      if (ticket.showId !== request.params.showId) throw new AppError('FORBIDDEN');
      const take = joins.take(ticket.address);
      if (!take.ok) throw new AppError('RATE_LIMITED', { retryAfterMs: take.retryAfterMs });
      const token = findBearerToken(request.headers.authorization) ?? '';
      const text = getText(request, SDP);
      const { kind, resource, sdp } = await players.open(ticket, token, text).catch(askAgain);
      const status = kind === 'offer' && text !== '' ? 406 : 201;
      const location = `/whep/${ticket.showId}/${resource.session.id}`;
      return sendDescription(reply, { status, location, etag: resource.etag(), sdp });
    });

    addSessionRoutes(scope, `${ENDPOINT}/:sessionId`, {
      resources: players.resources,
      takeAnswer: players.takeAnswer,
    });
  });
}

/** Players are told when to come again (section 4.2 of the draft). */
function askAgain(error: unknown): never {
  const isTooEarly = error instanceof AppError && error.code === 'STREAM_NOT_PUBLISHED';
  throw isTooEarly ? new AppError(error.code, { cause: error, retryAfterMs: RETRY_AFTER_MS }) : error;
}
