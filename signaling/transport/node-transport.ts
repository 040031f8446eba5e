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

/** How often the backlog of each client is looked at. */
const BACKLOG_CHECK_MS = 250;

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
  const backlogCheck = setInterval(() => cutSlowClients(io, options), BACKLOG_CHECK_MS);
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
      clearInterval(backlogCheck);
      http.closeAllConnections();
      await io.close();
    },
  };
}

function cutSlowClients(io: HubServer, { maxBackpressureBytes, onSlowClient }: TransportOptions): void {
  for (const { conn } of io.sockets.sockets.values()) {
    const native = (conn.transport as { socket?: { bufferedAmount: number; terminate(): void } }).socket;
    if (native === undefined || native.bufferedAmount <= maxBackpressureBytes) continue;
    onSlowClient();
    native.terminate();
  }
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
