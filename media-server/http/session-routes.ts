import { mediaCommands } from '@souk/protocol/http/media';
import { type HttpServer, ok } from '@souk/runtime/http-server';
import type { TokenVerifier } from '@souk/runtime/tokens';
import type { MediaSessions } from '../stage/media-sessions.ts';
import { answerOf } from './answers.ts';
import type { SessionGuard } from './session-guard.ts';
import { getTicket } from './ticket.ts';

const connect = mediaCommands['media:connect'];
const produce = mediaCommands['media:produce'];
const stats = mediaCommands['media:stats'];
const correctClock = mediaCommands['media:clock'];
const find = mediaCommands['media:session'];
const restartIce = mediaCommands['media:restart-ice'];
const leave = mediaCommands['media:leave'];

export interface SessionRoutesDeps {
  readonly guard: SessionGuard;
  readonly sessions: MediaSessions;
  readonly verifier: TokenVerifier;
}

/** What a page does with the connection that it opened. */
export function addSessionRoutes(server: HttpServer, { guard, sessions, verifier }: SessionRoutesDeps): void {
  server.get(
    find.path,
    { schema: { params: find.params, response: answerOf(find.response) } },
    async (request) => {
      const { streamId } = await guard.get(request, request.params.sessionId);
      return ok({ streamId });
    },
  );

  server.post(
    connect.path,
    { schema: { params: connect.params, body: connect.body, response: answerOf(connect.response) } },
    async (request) => {
      const { link } = await guard.get(request, request.params.sessionId);
      await link.connect(request.body.dtlsParameters);
      return ok({});
    },
  );

  server.post(
    produce.path,
    { schema: { params: produce.params, body: produce.body, response: answerOf(produce.response) } },
    async (request) => {
      const { link, stream } = await guard.getPublisher(request, request.params.sessionId);
      const { kind, rtpParameters } = request.body;
      const produced = await link.produce(kind, rtpParameters);
      stream.addTrack(kind);
      return ok(produced);
    },
  );

  server.get(
    stats.path,
    { schema: { params: stats.params, response: answerOf(stats.response) } },
    async (request) => {
      const { link, showId } = await guard.getPublisher(request, request.params.sessionId);
      return ok({ producers: await link.figures(), watchers: sessions.watchers(showId) });
    },
  );

  server.put(
    correctClock.path,
    {
      schema: {
        params: correctClock.params,
        body: correctClock.body,
        response: answerOf(correctClock.response),
      },
    },
    async (request) => {
      const { stream } = await guard.getPublisher(request, request.params.sessionId);
      stream.correctClock(request.body.clockOffsetMs);
      return ok({});
    },
  );

  server.post(
    restartIce.path,
    { schema: { params: restartIce.params, response: answerOf(restartIce.response) } },
    async (request) => {
      const { link } = await guard.get(request, request.params.sessionId);
      return ok({ iceParameters: await link.restartIce() });
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
