import type {
  HttpResponse,
  TemplatedApp,
  us_listen_socket,
  WebSocket,
  WebSocketBehavior,
} from 'uWebSockets.js';
import { uServer } from 'engine.io';
import { Server } from 'socket.io';
import {
  CONNECT_TIMEOUT_MS,
  engineSettings,
  type HubServer,
  type HubTransport,
  type RequestHeaders,
  type RouteAnswer,
  type TransportOptions,
} from './hub-transport.ts';
import { createUwsAdapter } from './uws-adapter.ts';

type Typed = typeof import('uWebSockets.js');

/** The native module. Its types lack what it has: the flag below, and a `listen` that takes an address with flags. */
export type Uws = Typed & { readonly LIBUS_LISTEN_EXCLUSIVE_PORT: number };
type ListenWithFlags = (
  host: string,
  port: number,
  flags: number,
  done: (socket: us_listen_socket | false) => void,
) => void;

/** Loads the native server, or gives undefined where there is no binary for this machine. */
export async function findUws(): Promise<{ uws: Uws } | { cause: unknown }> {
  try {
    const loaded: unknown = await import('uWebSockets.js');
    return { uws: (loaded as { default: Uws }).default };
  } catch (cause) {
    return { cause };
  }
}

/** socket.io on uWebSockets.js: frames are published natively, slow clients are cut by the server's own bound. */
export function createUwsTransport(uws: Uws, options: TransportOptions): HubTransport {
  const app = uws.App();
  const io: HubServer = new Server({ adapter: createUwsAdapter(app), connectTimeout: CONNECT_TIMEOUT_MS });
  const engineOptions = {
    ...engineSettings,
    transports: ['websocket' as const],
    maxHttpBufferSize: options.maxPayloadBytes,
    maxBackpressure: options.maxBackpressureBytes,
    allowRequest: originGate(options),
  };
  const engine = new uServer(engineOptions);
  engine.attach(cuttingApp(app, options), engineOptions);
  io.bind(engine);
  addRoutes(app, options);
  let listening: us_listen_socket | undefined;
  return {
    kind: 'uws',
    io,
    async listen(host, port) {
      listening = await listenExclusively(uws, app, host, port);
      return uws.us_socket_local_port(listening);
    },
    async close() {
      if (listening !== undefined) uws.us_listen_socket_close(listening);
      listening = undefined;
      await io.close();
    },
  };
}

function originGate({ acceptsOrigin }: TransportOptions) {
  return (
    { headers }: { headers: RequestHeaders },
    decide: (message: string | null, accepted: boolean) => void,
  ): void => {
    const accepted = acceptsOrigin(headers);
    decide(accepted ? null : 'ORIGIN_NOT_ALLOWED', accepted);
  };
}

/** Without the exclusive flag a second process could listen on the same port and take a part of the connections. */
function listenExclusively(
  uws: Uws,
  app: TemplatedApp,
  host: string,
  port: number,
): Promise<us_listen_socket> {
  return new Promise((resolve, reject) => {
    const listen = app.listen.bind(app) as unknown as ListenWithFlags;
    listen(host, port, uws.LIBUS_LISTEN_EXCLUSIVE_PORT, (socket) => {
      if (socket) resolve(socket);
      else reject(new Error(`cannot listen on ${host}:${port}: the port is taken or not allowed`));
    });
  });
}

/**
 * The app as Engine.IO sees it, with one thing added that Engine.IO does not pass on: a client whose backlog passes the
 * bound is closed. With the defaults its messages would be dropped and the connection kept, without a word.
 */
function cuttingApp(app: TemplatedApp, { onSlowClient }: TransportOptions) {
  const slow = new WeakSet<WebSocket<unknown>>();
  return {
    any: app.any.bind(app),
    ws: (path: string, behavior: WebSocketBehavior<unknown>) =>
      app.ws(path, {
        ...behavior,
        dropped: (socket: WebSocket<unknown>) => {
          if (slow.has(socket)) return;
          slow.add(socket);
          onSlowClient();
          // Not here and now: the server is in the middle of sending.
          setImmediate(() => socket.close());
        },
      } as WebSocketBehavior<unknown>),
  };
}

function addRoutes(app: TemplatedApp, { routes, logger }: TransportOptions): void {
  for (const [path, answer] of Object.entries(routes)) {
    app.get(path, (response) => {
      let aborted = false;
      response.onAborted(() => {
        aborted = true;
      });
      answer()
        .then((sent) => {
          if (!aborted) end(response, sent);
        })
        .catch((err: unknown) => {
          logger.error({ event: 'route-failed', path, err });
          if (!aborted) end(response, { status: 503, contentType: 'application/json', body: '{"ok":false}' });
        });
    });
  }
  app.any('/*', (response) => {
    response.writeStatus('404 Not Found').end();
  });
}

const statusLines = { 200: '200 OK', 503: '503 Service Unavailable' } as const;

function end(response: HttpResponse, { status, contentType, body }: RouteAnswer): void {
  response.cork(() => {
    response.writeStatus(statusLines[status]).writeHeader('content-type', contentType).end(body);
  });
}
