import { createHttpServer, type HttpServer, type HttpServerOptions } from '@souk/runtime/http-server';
import type { Executor } from '../db/database.ts';
import { type InternalDeps, registerInternal } from './internal.ts';
import { registerOpenapi } from './openapi.ts';
import { assertOrigin } from './origin-check.ts';
import { createOtherMethodRoutes } from './other-methods.ts';
import { registerPictures } from './pictures.ts';
import { type CommandDeps, createCommandRoutes } from './register-commands.ts';
import { registerSessions, type SessionPluginOptions } from './session-plugin.ts';
import { type ReceiveWebhook, registerWebhooks } from './webhooks.ts';

export interface ApiDeps {
  readonly server: HttpServerOptions;
  readonly orm: Executor;
  readonly publicOrigin: string;
  readonly commands: CommandDeps;
  readonly sessions: SessionPluginOptions;
  readonly internal: InternalDeps;
  readonly jwks: object;
  readonly receiveWebhook: ReceiveWebhook;
  /** Called before the server closes: who reads a stream is told. */
  readonly onClosing: () => void;
}

/** Commerce's HTTP server with all of its routes, ready to listen. */
export async function createApi(deps: ApiDeps): Promise<HttpServer> {
  const server = createHttpServer(deps.server);
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    assertOrigin(request, deps.publicOrigin);
    if (isCounted(request.url)) deps.commands.rates.assertAddress(request.ip);
  });
  server.addHook('preClose', async () => deps.onClosing());
  await registerOpenapi(server);
  const { ofSessions, others } = createCommandRoutes(deps.commands);
  // In a scope of their own: no other request shall pay for a session that it does not touch.
  await server.register(async (scope) => {
    await registerSessions(scope, deps.sessions);
    for (const route of ofSessions) scope.route(route);
  });
  for (const route of [...others, ...createOtherMethodRoutes()]) server.route(route);
  server.get('/api/auth/jwks.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').send(deps.jwks),
  );
  registerPictures(server, deps.orm);
  await registerWebhooks(server, deps.receiveWebhook);
  await registerInternal(server, deps.internal);
  await server.ready();
  return server;
}

/** Payment services deliver every webhook from a few addresses, and prove themselves by their signature. */
function isCounted(url: string): boolean {
  return url.startsWith('/api/') && !url.startsWith('/api/payments/webhooks/');
}
