import { Agent, type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError, toErrorBody } from '@souk/runtime/app-error';
import type { Logger } from '@souk/runtime/logger';
import { createProxyServer } from 'http-proxy-3';
import type { UpstreamName } from './routes.ts';

export interface EdgeProxy {
  forward(upstream: UpstreamName, request: IncomingMessage, response: ServerResponse): void;
  forwardSocket(upstream: UpstreamName, request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

const IDLE_CONNECTION_MS = 20_000;
const ANSWER_TIMEOUT_MS = 60_000;

/**
 * Passes requests and sockets on to the services. Who is asking is said by X-Forwarded headers of the edge's own;
 * what a caller claims in them is dropped. A service that does not answer is told as UNAVAILABLE.
 */
export function createProxy(targets: Readonly<Record<UpstreamName, string>>, logger: Logger): EdgeProxy {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_CONNECTION_MS });
  const proxy = createProxyServer({ agent, proxyTimeout: ANSWER_TIMEOUT_MS });
  // The library throws when nobody listens here. What comes are broken connections of callers, and those are theirs.
  proxy.on('error', (error) => logger.debug({ event: 'caller-gone', reason: error.message }));
  const fail = (error: Error, upstream: UpstreamName, target: ServerResponse | Duplex) => {
    logger.warn({ event: 'upstream-failed', upstream, reason: 'code' in error ? error.code : error.message });
    if (target instanceof ServerResponse) sendUnavailable(target);
    else target.destroy();
  };
  return {
    forward(upstream, request, response) {
      setForwardedHeaders(request);
      proxy.web(request, response, { target: targets[upstream] }, (error) => fail(error, upstream, response));
    },
    forwardSocket(upstream, request, socket, head) {
      setForwardedHeaders(request);
      // An agent pools connections, and a socket never comes back to a pool.
      const options = { target: targets[upstream], agent: false };
      proxy.ws(request, socket, head, options, (error) => fail(error, upstream, socket));
    },
    close: () => agent.destroy(),
  };
}

function setForwardedHeaders(request: IncomingMessage): void {
  for (const name of ['forwarded', 'x-real-ip', 'x-forwarded-port']) delete request.headers[name];
  request.headers['x-forwarded-for'] = request.socket.remoteAddress ?? '';
  request.headers['x-forwarded-proto'] = 'encrypted' in request.socket ? 'https' : 'http';
  request.headers['x-forwarded-host'] = request.headers.host ?? '';
}

function sendUnavailable(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy(); // half an answer is under way: only a broken connection tells that it is not whole
    return;
  }
  const error = new AppError('UNAVAILABLE', { retryAfterMs: 1_000 });
  response.writeHead(error.status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': '1',
  });
  response.end(JSON.stringify({ ok: false, error: toErrorBody(error) }));
}
