import type { HttpResponse, TemplatedApp, us_listen_socket, WebSocket } from 'uWebSockets.js';
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
import { type Backlog, watchBacklog } from './watch-backlog.ts';

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

/** socket.io on uWebSockets.js: a frame for a channel is encoded once and published natively. */
export function createUwsTransport(uws: Uws, options: TransportOptions): HubTransport {
  const app = uws.App();
  const io: HubServer = new Server({ adapter: createUwsAdapter(app), connectTimeout: CONNECT_TIMEOUT_MS });
  const engineOptions = {
    ...engineSettings,
    transports: ['websocket' as const],
    maxHttpBufferSize: options.maxPayloadBytes,
    // No bound of its own: see watchBacklog.
    maxBackpressure: 0,
    allowRequest: originGate(options),
  };
  const engine = new uServer(engineOptions);
  engine.attach(app, engineOptions);
  io.bind(engine);
  addRoutes(app, options);
  const unwatch = watchBacklog(io, options, backlogOf);
  let listening: us_listen_socket | undefined;
  return {
    kind: 'uws',
    io,
    async listen(host, port) {
      listening = await listenExclusively(uws, app, host, port);
      return uws.us_socket_local_port(listening);
    },
    async close() {
      unwatch();
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

/** What Engine.IO has but does not type. */
interface EngineSocket {
  readonly transport: { readonly readyState: string; readonly socket?: WebSocket<unknown> };
}

function backlogOf(conn: unknown): Backlog | undefined {
  const { readyState, socket } = (conn as EngineSocket).transport;
  // The native socket throws when it is touched after its end.
  if (readyState !== 'open' || socket === undefined) return undefined;
  return { bytes: socket.getBufferedAmount(), end: () => void socket.close() };
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
