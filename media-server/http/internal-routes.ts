import { tapOpen, tapParams, tapPath } from '@souk/protocol/http/internal';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { type HttpServer, ok } from '@souk/runtime/http-server';
import { findBearerToken, verifyServiceToken } from '@souk/runtime/tokens';
import type { FastifyRequest } from 'fastify';
import type { Taps } from '../stage/taps.ts';
import { answerOf, nothing } from './answers.ts';

export interface InternalRoutesDeps {
  readonly taps: Taps;
  readonly serviceSecret: string;
  readonly clock: Clock;
}

/** What only other services may ask, with a service token. The edge does not pass `/internal/*` on. */
export function addInternalRoutes(server: HttpServer, deps: InternalRoutesDeps): void {
  const { taps, serviceSecret: secret, clock } = deps;
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    const token = findBearerToken(request.headers.authorization);
    if (token === undefined) throw new AppError('UNAUTHENTICATED');
    await verifyServiceToken({ secret, token, clock });
  };
  const { params, body, response } = tapOpen;
  const ofTap = { onRequest, schema: { params: tapParams, response: answerOf(nothing) } };

  server.post(
    tapOpen.path,
    { onRequest, schema: { params, body, response: answerOf(response) } },
    async (request) => ok(await taps.open(request.params.streamId, request.body)),
  );
  server.put(tapPath, ofTap, async (request) => {
    taps.keep(request.params.tapId);
    return ok({});
  });
  server.delete(tapPath, ofTap, async (request) => {
    taps.close(request.params.tapId);
    return ok({});
  });
}
