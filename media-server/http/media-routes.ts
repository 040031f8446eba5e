import { type JoinMediaResponse, type joinMediaBodySchema, mediaCommands } from '@souk/protocol/http/media';
import { AppError } from '@souk/runtime/app-error';
import { type HttpServer, ok } from '@souk/runtime/http-server';
import type { KeyedBuckets } from '@souk/runtime/token-bucket';
import type { TokenVerifier } from '@souk/runtime/tokens';
import type { z } from 'zod';
import type { SfuBackend } from '../sfu/sfu-backend.ts';
import type { MediaSession, MediaSessions } from '../stage/media-sessions.ts';
import type { PublishWish } from '../stage/on-air.ts';
import type { ShowFiguresReader } from '../stage/show-figures.ts';
import { answerOf } from './answers.ts';
import { addConsumerRoutes } from './consumer-routes.ts';
import { createSessionGuard } from './session-guard.ts';
import { addSessionRoutes } from './session-routes.ts';
import { getTicket } from './ticket.ts';

type PublishBody = Extract<z.output<typeof joinMediaBodySchema>, { intent: 'publish' }>;

export interface MediaRoutesDeps {
  readonly sfu: SfuBackend;
  readonly sessions: MediaSessions;
  readonly verifier: TokenVerifier;
  /** How often one address may join. */
  readonly joins: KeyedBuckets;
  readonly figures: ShowFiguresReader;
}

const CAPABILITIES_CACHE = 'public, max-age=60';

const capabilities = mediaCommands['media:capabilities'];
const join = mediaCommands['media:join'];
const showFigures = mediaCommands['media:figures'];

/** The media API: pages negotiate their connections here, with the media ticket of the show's API answer. */
export function addMediaRoutes(server: HttpServer, deps: MediaRoutesDeps): void {
  const { sfu, sessions, verifier, joins, figures } = deps;
  const guard = createSessionGuard({ sessions, verifier });

  server.get(
    capabilities.path,
    { schema: { response: answerOf(capabilities.response) } },
    async (_request, reply) => {
      void reply.header('cache-control', CAPABILITIES_CACHE);
      return ok({ routerRtpCapabilities: sfu.rtpCapabilities });
    },
  );

  server.post(
    join.path,
    { schema: { body: join.body, response: answerOf(join.response) } },
    async (request) => {
      const ticket = await getTicket(verifier, request);
      const take = joins.take(ticket.address);
      if (!take.ok) throw new AppError('RATE_LIMITED', { retryAfterMs: take.retryAfterMs });
      const { body } = request;
      if (body.intent === 'watch') return ok(toAnswer(await sessions.watch(ticket, body.rtpCapabilities)));
      if (ticket.can !== 'publish') throw new AppError('FORBIDDEN');
      return ok(toAnswer(await sessions.publish(ticket, wishOf(body))));
    },
  );

  addSessionRoutes(server, { guard, sessions, verifier });
  addConsumerRoutes(server, guard);

  server.get(
    showFigures.path,
    { schema: { params: showFigures.params, response: answerOf(showFigures.response) } },
    async (request) => {
      const { showId } = request.params;
      const ticket = await getTicket(verifier, request);
      if (ticket.can !== 'publish' || ticket.showId !== showId) throw new AppError('FORBIDDEN');
      return ok(await figures.read(showId));
    },
  );
}

function wishOf({ resumes, clockOffsetMs }: PublishBody): PublishWish {
  return {
    ...(resumes === undefined ? {} : { resumes }),
    ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
  };
}

function toAnswer(session: MediaSession): JoinMediaResponse {
  const { id, streamId, link } = session;
  return {
    sessionId: id,
    streamId,
    transport: link.offer,
    consumers: session.intent === 'watch' ? [...session.link.consumers] : [],
  };
}
