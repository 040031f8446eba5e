import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from './app-error.ts';
import { createHttpServer, type HttpServer, type HttpServerOptions, ok } from './http-server.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';

let server: HttpServer | undefined;
afterEach(async () => server?.close());

type Options = Partial<Pick<HttpServerOptions, 'checkReadiness' | 'checkAnswers'>>;

function createServer(options: Options = {}): HttpServer {
  const logger = createLogger({ name: 'test', level: 'silent' });
  server = createHttpServer({ logger, metrics: createMetrics('test'), bodyLimitBytes: 200, ...options });
  return server;
}

describe('createHttpServer', () => {
  it('answers a failed schema with INVALID_INPUT and the fields', async () => {
    const http = createServer();
    http.post('/units', { schema: { body: z.strictObject({ units: z.int() }) } }, ({ body }) => ok(body));
    const answer = await http.inject({ method: 'POST', url: '/units', payload: { units: 'many' } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', issues: [{ path: 'units' }] },
    });
  });

  it.each([
    ['malformed JSON', '{"units":', 'application/json', 400, 'INVALID_INPUT'],
    ['a body beyond the limit', `"${'x'.repeat(300)}"`, 'application/json', 413, 'PAYLOAD_TOO_LARGE'],
    ['another content type', 'units', 'text/csv', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('answers %s from the error table', async (_name, payload, contentType, status, code) => {
    const http = createServer();
    http.post('/units', () => ok({}));
    const answer = await http.inject({
      method: 'POST',
      url: '/units',
      payload,
      headers: { 'content-type': contentType },
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ ok: false, error: { code } });
  });

  it.each([
    ['a parameter that is too long', `/units/${'x'.repeat(200)}`, 404, 'NOT_FOUND'],
    ['a path that cannot be read', '/units/%C3%28', 400, 'INVALID_INPUT'],
  ])('answers %s from the error table', async (_name, url, status, code) => {
    const http = createServer();
    http.get('/units/:id', () => ok({}));
    const answer = await http.inject(url);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ ok: false, error: { code } });
  });

  it('maps an AppError to its status and tells when to come back', async () => {
    const http = createServer();
    http.get('/slow', () => {
      throw new AppError('RATE_LIMITED', { retryAfterMs: 1_500 });
    });
    const answer = await http.inject('/slow');
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([429, '2']);
  });

  it('hides what an unknown error says', async () => {
    const http = createServer();
    http.get('/broken', () => {
      throw new Error('select * from users');
    });
    const answer = await http.inject('/broken');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('select');
  });

  it.each([
    ['makes a fault of an answer that does not fit its schema', true, 500],
    ['sends answers as they are where they are trusted', false, 200],
  ])('%s', async (_what, checkAnswers, status) => {
    const http = createServer({ checkAnswers });
    const schema = { response: { 200: z.strictObject({ units: z.int() }) } };
    const answer = { units: 1, secret: 2 };
    http.get('/units', { schema }, () => answer);
    expect((await http.inject('/units')).statusCode).toBe(status);
  });

  it('tells by /healthz whether it can work', async () => {
    const well = await createServer().inject('/healthz');
    await server?.close();
    const ill = await createServer({
      checkReadiness: () => Promise.reject(new Error('no database')),
    }).inject('/healthz');
    expect([well.statusCode, ill.statusCode]).toEqual([200, 503]);
  });

  it('offers its metrics', async () => {
    const answer = await createServer().inject('/metrics');
    expect(answer.body).toContain('souk_process_cpu_seconds_total');
  });
});
