import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Logger } from '@souk/runtime/logger';
import type { createMetrics } from '@souk/runtime/metrics';
import type { Service } from '@souk/runtime/service';
import type { EdgeConfig } from './config.ts';
import { createProxy, type EdgeProxy } from './proxy.ts';
import { findUpstream, pathOf } from './routes.ts';
import { createCommonHeaders } from './security-headers.ts';
import { createSite, type RequestHandler, sendPlain } from './site.ts';

type Metrics = ReturnType<typeof createMetrics>;

export interface EdgeDeps {
  config: EdgeConfig;
  logger: Logger;
  metrics: Metrics;
  /** Folder of the built viewer. */
  siteFolder: string;
}

export interface EdgeService extends Service {
  /** The port that is listened on; throws before start. */
  getPort(): number;
}

const HEADERS_TIMEOUT_MS = 15_000;

/** The one origin of the house: the page, and every service behind its path. */
export function createEdgeService(deps: EdgeDeps): EdgeService {
  const { config, logger } = deps;
  const proxy = createProxy(
    {
      commerce: config.COMMERCE_INTERNAL_URL,
      signaling: config.SIGNALING_INTERNAL_URL,
      media: config.MEDIA_INTERNAL_URL,
    },
    logger,
  );
  const allowStripe = config.PAYMENT_GATEWAY === 'stripe';
  const site = createSite(deps.siteFolder, { publicOrigin: config.SOUK_PUBLIC_ORIGIN, allowStripe });
  const headers = Object.entries(createCommonHeaders({ allowStripe }));
  const server = createListener(config, createRequestHandler(deps, { proxy, site, headers }));
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.on('upgrade', (request, socket, head) => passSocketOn(proxy, request, socket, head));
  server.on('clientError', (_error, socket) => socket.destroy());
  const sockets = trackSockets(server);
  return {
    name: 'edge',
    start: () => listen(server, config.EDGE_PORT, config.EDGE_HOST),
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await closed;
    },
    getPort() {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The edge does not listen');
      return address.port;
    },
  };
}

function createListener(config: EdgeConfig, handle: RequestHandler): Server {
  const { EDGE_TLS_CERT: cert, EDGE_TLS_KEY: key } = config;
  if (cert === undefined || key === undefined) return createServer(handle);
  return createTlsServer({ cert: readFileSync(cert), key: readFileSync(key) }, handle);
}

interface Rooms {
  proxy: EdgeProxy;
  site: RequestHandler;
  /** Of every answer. */
  headers: readonly (readonly [name: string, value: string])[];
}

function createRequestHandler(
  { metrics, logger }: EdgeDeps,
  { proxy, site, headers }: Rooms,
): RequestHandler {
  return (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    const url = request.url ?? '/';
    const upstream = findUpstream(url);
    if (upstream) return proxy.forward(upstream, request, response);
    if (pathOf(url) === '/healthz') return sendHealth(response);
    if (pathOf(url) === '/metrics') {
      sendMetrics(metrics, request, response).catch((err: unknown) => {
        logger.error({ event: 'metrics-failed', err });
        response.destroy();
      });
      return;
    }
    site(request, response);
  };
}

function sendHealth(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ ok: true }));
}

/** Metrics are for the own machine: this is the one service that strangers can reach. */
async function sendMetrics(
  metrics: Metrics,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const address = request.socket.remoteAddress ?? '';
  if (!/^(::ffff:)?127\.|^::1$/.test(address)) return sendPlain(response, 404, 'Not found.');
  response.writeHead(200, { 'content-type': metrics.contentType });
  response.end(await metrics.metrics());
}

function passSocketOn(proxy: EdgeProxy, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  // A client may vanish at any time; its socket's errors must not reach the process.
  socket.on('error', () => socket.destroy());
  const upstream = findUpstream(request.url ?? '/', true);
  if (upstream) proxy.forwardSocket(upstream, request, socket, head);
  else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
}

function trackSockets(server: Server): Set<Duplex> {
  const sockets = new Set<Duplex>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return sockets;
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
