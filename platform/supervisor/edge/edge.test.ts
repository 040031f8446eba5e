import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { parseConfig } from '@souk/runtime/config';
import { createLogger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { edgeConfigSchema } from './config.ts';
import { createEdgeService, type EdgeService } from './service.ts';

let upstream: Server;
let edge: EdgeService;
let origin: string;
let upstreamSocket: Duplex | undefined;

beforeAll(async () => {
  upstream = createServer((request, response) => {
    if (request.url === '/api/broken') request.socket.destroy();
    else response.end(JSON.stringify({ url: request.url, headers: request.headers }));
  });
  upstream.on('upgrade', (_request, socket) => {
    upstreamSocket = socket;
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello',
    );
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  edge = createEdgeService({
    config: parseConfig(edgeConfigSchema, {
      EDGE_PORT: '0',
      SOUK_PUBLIC_ORIGIN: 'http://localhost:8080',
      COMMERCE_INTERNAL_URL: upstreamUrl,
      SIGNALING_INTERNAL_URL: upstreamUrl,
      MEDIA_INTERNAL_URL: 'http://127.0.0.1:9',
    }),
    logger: createLogger({ name: 'edge', level: 'silent' }),
    metrics: createMetrics('edge'),
    siteFolder: createSiteFolder(),
  });
  await edge.start();
  origin = `http://127.0.0.1:${edge.getPort()}`;
});

afterAll(async () => {
  await edge.stop('test');
  upstream.closeAllConnections();
  upstream.close();
});

function createSiteFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'souk-site-'));
  writeFileSync(
    path.join(folder, 'index.html'),
    '<meta name="csp-nonce" content="__CSP_NONCE__"><title>Souk</title>',
  );
  writeFileSync(path.join(folder, 'mark.svg'), '<svg/>');
  return folder;
}

describe('the page', () => {
  test('is served for every path that is not a file', async () => {
    const response = await fetch(`${origin}/watch/shw_1?from=lobby`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>Souk</title>');
  });

  test('has a policy without inline scripts and with a nonce of its own', async () => {
    const [first, second] = await Promise.all([fetch(origin), fetch(origin)]);
    const policy = first.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toContain('stripe');
    expect(await first.text()).toContain(`content="${nonce}"`);
    expect(second.headers.get('content-security-policy')).not.toBe(policy);
  });

  test('a missing file is not answered with the page', async () => {
    expect((await fetch(`${origin}/assets/gone.js`)).status).toBe(404);
    expect((await fetch(`${origin}/mark.svg`)).headers.get('content-type')).toBe('image/svg+xml');
  });

  test('a path out of the folder finds nothing', async () => {
    const socket = connect(edge.getPort(), '127.0.0.1');
    socket.end('GET /../../../../etc/hosts.x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const [chunk] = await once(socket, 'data');
    expect(String(chunk)).toMatch(/^HTTP\/1.1 404/);
  });
});

describe('the services', () => {
  test('get the caller by headers that the caller cannot forge', async () => {
    const headers = { 'x-forwarded-for': '8.8.8.8', 'x-forwarded-proto': 'https', 'x-real-ip': '8.8.8.8' };
    const response = await fetch(`${origin}/api/shows?limit=1`, { headers });
    const seen = (await response.json()) as { url: string; headers: Record<string, string> };
    expect(seen.url).toBe('/api/shows?limit=1');
    expect(seen.headers['x-forwarded-for']).toBe('127.0.0.1');
    expect(seen.headers['x-forwarded-proto']).toBe('http');
    expect(seen.headers['x-real-ip']).toBeUndefined();
  });

  test('that do not answer are told as UNAVAILABLE', async () => {
    for (const url of [`${origin}/media/capabilities`, `${origin}/api/broken`]) {
      const response = await fetch(url);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({
        ok: false,
        error: { code: 'UNAVAILABLE', retryable: true },
      });
    }
  });

  test('pass sockets through, and only where one is expected', async () => {
    const upgrade = async (target: string) => {
      const socket = connect(edge.getPort(), '127.0.0.1');
      socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
      const [chunk] = await once(socket, 'data');
      socket.destroy();
      return String(chunk);
    };
    expect(await upgrade('/socket.io/?transport=websocket')).toMatch(/^HTTP\/1.1 101/);
    expect(await upgrade('/api/shows')).toMatch(/^HTTP\/1.1 404/);
  });

  test('outlive a caller who breaks a socket off', async () => {
    const socket = connect(edge.getPort(), '127.0.0.1');
    socket.write('GET /socket.io/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await once(socket, 'data');
    const upstreamEnd = new Promise((resolve) => upstreamSocket?.once('close', resolve));
    socket.resetAndDestroy();
    await upstreamEnd;
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  });

  test('have no inside that is reachable from outside', async () => {
    const response = await fetch(`${origin}/internal/shows`);
    expect(response.headers.get('content-type')).toContain('text/html');
  });
});

test('the edge says that it is alive', async () => {
  expect(await (await fetch(`${origin}/healthz`)).json()).toEqual({ ok: true });
});
