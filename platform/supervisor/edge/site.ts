import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';
import { pathOf } from './routes.ts';
import { type ContentPolicyOptions, contentSecurityPolicy, createNonce } from './security-headers.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

const NONCE_PLACE = '__CSP_NONCE__';

/**
 * Serves the built viewer: hashed assets for ever, and the page itself, with a nonce of its own each time, for
 * every path that is not a file. A path that looks like a file and is none is a 404.
 */
export function createSite(folder: string, policy: ContentPolicyOptions): RequestHandler {
  const indexFile = path.join(folder, 'index.html');
  if (!existsSync(indexFile)) throw new Error(`The viewer is not built: ${indexFile} is missing`);
  const template = readFileSync(indexFile, 'utf8');
  const sendPage = createPageSender(template, policy);
  const serveFile = sirv(folder, {
    etag: true,
    brotli: true,
    gzip: true,
    ignores: false,
    setHeaders: (response, pathname) => response.setHeader('cache-control', cachePolicy(pathname)),
  });
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendPlain(response, 405, 'Method not allowed.');
    const pathname = pathOf(request.url ?? '/');
    if (isPage(pathname)) return sendPage(request, response);
    serveFile(request, response, () => sendPlain(response, 404, 'Not found.'));
  };
}

function isPage(pathname: string): boolean {
  return pathname.endsWith('/index.html') || !(pathname.split('/').pop() ?? '').includes('.');
}

function cachePolicy(pathname: string): string {
  return pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
}

function createPageSender(template: string, policy: ContentPolicyOptions): RequestHandler {
  return (request, response) => {
    const nonce = createNonce();
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(nonce, policy),
    });
    response.end(request.method === 'HEAD' ? undefined : template.replaceAll(NONCE_PLACE, nonce));
  };
}

/** A short answer without a page around it. */
export function sendPlain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${text}\n`);
}
