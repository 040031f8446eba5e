import { type MediaSessionId, mediaSessionIdSchema } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { AppError } from '@souk/runtime/app-error';
import type { HttpServer } from '@souk/runtime/http-server';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const SDP = 'application/sdp';
export const SDP_FRAGMENT = 'application/trickle-ice-sdpfrag';

/**
 * Adds routes whose bodies are SDP and nothing else, 415 for all others. Pages of other origins may call them: what
 * opens them is a bearer token, which no browser sends by itself, so there is nothing for a strange page to abuse.
 */
export function addSdpScope(server: HttpServer, addRoutes: (scope: HttpServer) => void): void {
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      [SDP, SDP_FRAGMENT],
      { parseAs: 'string', bodyLimit: limits.sdpBytes },
      async (_request: FastifyRequest, body: string | Buffer) => body,
    );
    scope.addHook('onRequest', async (_request, reply) => {
      void reply.headers({
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'Location, ETag, Accept-Patch, Retry-After, WWW-Authenticate',
        'cache-control': 'no-store',
      });
    });
    scope.addHook('onSend', async (_request, reply) => {
      if (reply.statusCode === 401) void reply.header('www-authenticate', 'Bearer realm="souk"');
    });
    addRoutes(scope);
  });
}

/** Says what a path takes: the answer to OPTIONS, and 405 for the methods that the standards reserve. */
export function addMethods(
  scope: HttpServer,
  url: string,
  offer: { readonly methods: readonly string[]; readonly acceptsPost: boolean },
): void {
  const allow = [...offer.methods, 'OPTIONS'].join(', ');
  scope.options(url, async (_request, reply) =>
    reply
      .status(200)
      .headers({
        allow,
        'access-control-allow-methods': allow,
        'access-control-allow-headers': 'Authorization, Content-Type, If-Match',
        'access-control-max-age': '600',
        ...(offer.acceptsPost ? { 'accept-post': SDP } : { 'accept-patch': SDP_FRAGMENT }),
      })
      .send(''),
  );
  const reserved = (['GET', 'PUT', 'POST'] as const).filter((method) => !offer.methods.includes(method));
  scope.route({
    method: [...reserved],
    url,
    async handler(_request, reply) {
      void reply.header('allow', allow);
      throw new AppError('METHOD_NOT_ALLOWED');
    },
  });
}

/** The body of a request as text of that type. Throws AppError UNSUPPORTED_MEDIA_TYPE. */
export function getText(request: FastifyRequest, type: string): string {
  if (findType(request) !== type) throw new AppError('UNSUPPORTED_MEDIA_TYPE');
  return typeof request.body === 'string' ? request.body : '';
}

/** The media type of a request's body, without parameters. */
export function findType(request: FastifyRequest): string | undefined {
  return request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
}

/** The id in the path of a session. Throws AppError MEDIA_SESSION_NOT_FOUND for what cannot be one. */
export function getSessionId(value: string): MediaSessionId {
  const id = mediaSessionIdSchema.safeParse(value);
  if (!id.success) throw new AppError('MEDIA_SESSION_NOT_FOUND');
  return id.data;
}

/** Answers with a description of ours and with where its session stands. */
export function sendDescription(
  reply: FastifyReply,
  answer: { readonly status: number; readonly location: string; readonly etag: string; readonly sdp: string },
): FastifyReply {
  return reply
    .status(answer.status)
    .headers({
      location: answer.location,
      etag: answer.etag,
      'accept-patch': SDP_FRAGMENT,
      'content-type': SDP,
    })
    .send(answer.sdp);
}
