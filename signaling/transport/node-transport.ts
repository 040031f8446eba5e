import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toAppError, toErrorBody } from '@souk/runtime/app-error';
import { type DefaultEventsMap, Server } from 'socket.io';
import { isFault } from '../connection/to-refusal.ts';
import { clientAddressOf } from './client-address.ts';
import {
  CONNECT_TIMEOUT_MS,
  defaultHeartbeat,
  HUB_PATH,
  type HubTransport,
  type TransportOptions,
} from './hub-transport.ts';
import { NodeLink } from './node-link.ts';

interface SocketData {
  link: NodeLink;
}
type NodeServer = Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>;

/** How often the backlog of each client is looked at: nothing tells of it. */
const CHECK_MS = 250;

/** socket.io on Node's own HTTP server, for machines without a binary of uWebSockets.js. */
export function createNodeTransport(options: TransportOptions): HubTransport {
  const http = createServer(answerRoutes(options));
  const io: NodeServer = new Server(http, engineOptions(options));
  letIn(io, options);
  const checks = setInterval(() => {
    for (const { data } of io.sockets.sockets.values()) data.link.check();
  }, CHECK_MS);
  let closed = false;
  return {
    kind: 'node',
    publish: (channel, event, data) => void io.to(channel).emit(event, data),
    async listen(host, port) {
      http.listen(port, host);
      await once(http, 'listening');
      return (http.address() as AddressInfo).port;
    },
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(checks);
      http.closeAllConnections();
      await io.close();
    },
  };
}

function engineOptions({ heartbeat = defaultHeartbeat, maxPayloadBytes, acceptsOrigin }: TransportOptions) {
  return {
    path: HUB_PATH,
    pingInterval: heartbeat.intervalMs,
    pingTimeout: heartbeat.timeoutMs,
    transports: ['websocket' as const],
    serveClient: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxHttpBufferSize: maxPayloadBytes,
    allowRequest: (
      request: { headers: Record<string, string | string[] | undefined> },
      decide: (message: string | null, accepted: boolean) => void,
    ) => {
      const accepted = acceptsOrigin(request.headers);
      decide(accepted ? null : 'ORIGIN_NOT_ALLOWED', accepted);
    },
  };
}

function letIn(io: NodeServer, options: TransportOptions): void {
  const { admit, onOpen, onClose, logger } = options;
  io.use((socket, next) => {
    const { handshake } = socket;
    const link = new NodeLink(socket, clientAddressOf(handshake.address, handshake.headers), options);
    socket.data.link = link;
    onOpen?.(link);
    socket.conn.once('close', () => onClose?.(link));
    admit(link, handshake.auth)
      .then((listener) => {
        link.admitted(listener);
        // Gone meanwhile: socket.io makes no connection of it, so that nothing else would tell.
        if (socket.conn.readyState !== 'open') listener.onClosed();
        next();
      })
      .catch((error: unknown) => {
        const refusal = toAppError(error);
        if (isFault(refusal)) {
          logger.error({ event: 'handshake-failed', err: refusal });
        }
        next(Object.assign(new Error(refusal.code), { data: toErrorBody(refusal) }));
      });
  });
  io.on('connection', ({ data }) => data.link.listen());
}

function answerRoutes({ routes, logger }: TransportOptions): RequestListener {
  return (request, response) => {
    const path = new URL(request.url ?? '/', 'http://hub').pathname;
    const route = request.method === 'GET' && Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route === undefined) {
      response.writeHead(404).end();
      return;
    }
    route()
      .then(({ status, contentType, body }) => {
        response.writeHead(status, { 'content-type': contentType }).end(body);
      })
      .catch((err: unknown) => {
        logger.error({ event: 'route-failed', path, err });
        response.writeHead(503, { 'content-type': 'application/json' }).end('{"ok":false}');
      });
  };
}
