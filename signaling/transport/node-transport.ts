import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import {
  CONNECT_TIMEOUT_MS,
  engineSettings,
  type HubServer,
  type HubTransport,
  type TransportOptions,
} from './hub-transport.ts';
import { type Backlog, watchBacklog } from './watch-backlog.ts';

/** socket.io on Node's own HTTP server, for machines without a binary of uWebSockets.js. */
export function createNodeTransport(options: TransportOptions): HubTransport {
  const http = createServer(answerRoutes(options));
  const io: HubServer = new Server(http, {
    ...engineSettings,
    transports: ['websocket'],
    serveClient: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxHttpBufferSize: options.maxPayloadBytes,
    allowRequest: (request, decide) => {
      const accepted = options.acceptsOrigin(request.headers);
      decide(accepted ? null : 'ORIGIN_NOT_ALLOWED', accepted);
    },
  });
  const unwatch = watchBacklog(io, options, backlogOf);
  let closed = false;
  return {
    kind: 'node',
    io,
    async listen(host, port) {
      http.listen(port, host);
      await once(http, 'listening');
      return (http.address() as AddressInfo).port;
    },
    async close() {
      if (closed) return;
      closed = true;
      unwatch();
      http.closeAllConnections();
      await io.close();
    },
  };
}

/** What Engine.IO has but does not type: packets that wait for the transport, and the WebSocket with its own backlog. */
interface EngineSocket {
  readonly writeBuffer: readonly { readonly data?: string }[];
  readonly transport: { readonly socket?: { readonly bufferedAmount: number; terminate(): void } };
}

function backlogOf(conn: unknown): Backlog | undefined {
  const { transport, writeBuffer } = conn as EngineSocket;
  const { socket } = transport;
  if (socket === undefined) return undefined;
  const waiting = writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
  return { bytes: socket.bufferedAmount + waiting, end: () => socket.terminate() };
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
