import { type JoinMediaResponse, mediaCommands } from '@souk/protocol/http/media';
import type { StreamId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { type HttpServer, ok } from '@souk/runtime/http-server';
import type { KeyedBuckets } from '@souk/runtime/token-bucket';
import type { TokenVerifier } from '@souk/runtime/tokens';
import type { SfuBackend } from '../sfu/sfu-backend.ts';
import type { MediaSession, MediaSessions, PublishSession, WatchSession } from '../stage/media-sessions.ts';
import type { PublishWish } from '../stage/on-air.ts';
import { answerOf } from './answers.ts';
import { getTicket } from './ticket.ts';

export interface MediaRoutesDeps {
  readonly sfu: SfuBackend;
  readonly sessions: MediaSessions;
  readonly verifier: TokenVerifier;
  /** How often one address may join. */
  readonly joins: KeyedBuckets;
}

const CAPABILITIES_CACHE = 'public, max-age=60';

const commands = {
  capabilities: mediaCommands['media:capabilities'],
  join: mediaCommands['media:join'],
  connect: mediaCommands['media:connect'],
  produce: mediaCommands['media:produce'],
  stats: mediaCommands['media:stats'],
  toggle: mediaCommands['media:switch'],
  leave: mediaCommands['media:leave'],
} as const;

/** The media API: pages negotiate their connections here, with the media ticket of the show's API answer. */
export function addMediaRoutes(server: HttpServer, deps: MediaRoutesDeps): void {
  const { sfu, sessions, verifier, joins } = deps;
  const { capabilities, join, connect, produce, stats, toggle, leave } = commands;
  const getSession = async (
    request: Parameters<typeof getTicket>[1],
    id: MediaSession['id'],
  ): Promise<MediaSession> => sessions.getOwn(id, await getTicket(verifier, request));

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
      return ok(toAnswer(await sessions.publish(ticket, wishOf(body.resumes))));
    },
  );

  server.post(
    connect.path,
    { schema: { params: connect.params, body: connect.body, response: answerOf(connect.response) } },
    async (request) => {
      const session = await getSession(request, request.params.sessionId);
      await session.link.connect(request.body.dtlsParameters);
      return ok({});
    },
  );

  server.post(
    produce.path,
    { schema: { params: produce.params, body: produce.body, response: answerOf(produce.response) } },
    async (request) => {
      const session = asPublisher(await getSession(request, request.params.sessionId));
      const { kind, rtpParameters } = request.body;
      const produced = await session.link.produce(kind, rtpParameters);
      session.stream.addTrack(kind);
      return ok(produced);
    },
  );

  server.get(
    stats.path,
    { schema: { params: stats.params, response: answerOf(stats.response) } },
    async (request) => {
      const session = asPublisher(await getSession(request, request.params.sessionId));
      const producers = await session.link.figures();
      return ok({ producers, watchers: sessions.watchers(session.showId) });
    },
  );

  server.post(
    toggle.path,
    { schema: { params: toggle.params, response: answerOf(toggle.response) } },
    async (request) => {
      const { sessionId, consumerId, action } = request.params;
      const session = asWatcher(await getSession(request, sessionId));
      await session.link.setPaused(consumerId, action === 'pause');
      return ok({});
    },
  );

  server.delete(
    leave.path,
    { schema: { params: leave.params, response: answerOf(leave.response) } },
    async (request) => {
      const ticket = await getTicket(verifier, request);
      // Idempotent: the connection of a page that leaves often ends first, and its session with it.
      sessions.findOwn(request.params.sessionId, ticket)?.link.end('left');
      return ok({});
    },
  );
}

function wishOf(resumes: StreamId | undefined): PublishWish {
  return resumes === undefined ? {} : { resumes };
}

function asPublisher(session: MediaSession): PublishSession {
  if (session.intent !== 'publish') throw new AppError('FORBIDDEN', { detail: 'a session that watches' });
  return session;
}

function asWatcher(session: MediaSession): WatchSession {
  if (session.intent !== 'watch') throw new AppError('FORBIDDEN', { detail: 'a session that publishes' });
  return session;
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
