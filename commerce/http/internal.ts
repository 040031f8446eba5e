import { streamKeyCheck } from '@souk/protocol/http/internal';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { type HttpServer, ok } from '@souk/runtime/http-server';
import { findBearerToken, verifyServiceToken } from '@souk/runtime/tokens';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { CheckStreamKey } from '../broadcast/check-stream-key.ts';
import type { DemoShowView } from '../demo/demo-show.ts';

export interface InternalDeps {
  readonly serviceSecret: string;
  readonly clock: Clock;
  /** The demo show that is on air; undefined where there is none. */
  readonly findDemoShow: () => Promise<DemoShowView | undefined>;
  readonly checkStreamKey: CheckStreamKey;
}

/** What only other services may ask, with a service token. The edge does not pass `/internal/*` on. */
export async function registerInternal(server: HttpServer, deps: InternalDeps): Promise<void> {
  await server.register(async (scope) => {
    scope.addHook('onRequest', async (request) => {
      const token = findBearerToken(request.headers.authorization);
      if (token === undefined) throw new AppError('UNAUTHENTICATED');
      await verifyServiceToken({ secret: deps.serviceSecret, token, clock: deps.clock });
    });
    scope.get('/internal/demo-show', { schema: { hide: true } }, async (_request, reply) => {
      const demoShow = await deps.findDemoShow();
      if (demoShow === undefined) throw new AppError('SHOW_NOT_FOUND');
      return reply.send(ok(demoShow));
    });
    const { path, body } = streamKeyCheck;
    scope
      .withTypeProvider<ZodTypeProvider>()
      .post(path, { schema: { hide: true, body } }, async (request) =>
        ok(await deps.checkStreamKey(request.body)),
      );
  });
}
