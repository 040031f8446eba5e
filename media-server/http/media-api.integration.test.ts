import { createId, type ShowId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { eventually } from '@souk/runtime/testing/eventually';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  dtlsParameters,
  opusParameters,
  strangeCapabilities,
  vp8Parameters,
} from '../testing/media-samples.ts';
import { createTestMediaServer, type TestMediaServer } from '../testing/test-media-server.ts';

let server: TestMediaServer;
beforeAll(async () => {
  const { url } = await createTestRedis(inject('redisUrl'));
  server = await createTestMediaServer(url, { MEDIA_SESSIONS_PER_SHOW: '4' });
  await server.start();
});
afterAll(() => server.stop());

const sessions = '/media/sessions';
const publish = (token: string, resumes?: string) =>
  server.ask('POST', sessions, token, { intent: 'publish', ...(resumes === undefined ? {} : { resumes }) });
const capabilities = async () =>
  (await server.ask('GET', '/media/capabilities')).answer.data.routerRtpCapabilities;
const watch = async (token: string) =>
  server.ask('POST', sessions, token, { intent: 'watch', rtpCapabilities: await capabilities() });
const produce = (token: string, sessionId: string, kind: string, rtpParameters: unknown) =>
  server.ask('POST', `${sessions}/${sessionId}/produce`, token, { kind, rtpParameters });
const typesOf = async (showId: ShowId) => (await server.entries(showId)).map(({ type }) => type);

async function goOnAir(showId: ShowId) {
  const token = await server.ticket(showId, 'publish');
  const { sessionId, streamId } = (await publish(token)).answer.data;
  await produce(token, sessionId, 'audio', opusParameters);
  await produce(token, sessionId, 'video', vp8Parameters);
  await expect.poll(() => typesOf(showId)).toContain('stream:started');
  return { token, sessionId, streamId };
}

describe('a stream before the show', () => {
  it('is seen by who may publish, and by nobody else', async () => {
    const showId = createId('show');
    await server.timeline.append(showId, createEntry('show:renamed', Date.now(), { title: 'Rehearsal' }));
    const { token } = await goOnAir(showId);
    expect((await watch(await server.ticket(showId, 'watch'))).answer.error.code).toBe(
      'STREAM_NOT_PUBLISHED',
    );
    expect((await watch(token)).status).toBe(200);
    const hls = await server.ask('POST', '/media/hls', await server.ticket(showId, 'watch'), { of: 'live' });
    expect(hls.answer.error.code).toBe('STREAM_NOT_PUBLISHED');
  });
});

describe('tickets of the media API', () => {
  it('are not needed for the capabilities, which may be cached', async () => {
    const { status, headers, answer } = await server.ask('GET', '/media/capabilities');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toContain('max-age');
    expect(JSON.stringify(answer)).toContain('abs-capture-time');
  });

  it('are asked for everywhere else, and forged ones are refused', async () => {
    const showId = await server.createLiveShow();
    const token = await server.ticket(showId, 'publish');
    const access = await server.signer.signAccess({ sub: createId('user'), name: 'Ana', grants: [] });
    for (const forged of [undefined, 'nonsense', `${token}x`, access.token]) {
      for (const [method, path] of [
        ['POST', sessions],
        ['POST', `${sessions}/${createId('mediaSession')}/connect`],
        ['DELETE', `${sessions}/${createId('mediaSession')}`],
      ] as const) {
        const body = path.endsWith('connect') ? { dtlsParameters } : { intent: 'publish' };
        const { status, answer } = await server.ask(
          method,
          path,
          forged,
          method === 'POST' ? body : undefined,
        );
        expect([status, answer.error.code]).toEqual([401, 'UNAUTHENTICATED']);
      }
    }
  });

  it('for watching do not let anybody publish', async () => {
    const token = await server.ticket(await server.createLiveShow(), 'watch');
    expect((await publish(token)).answer.error.code).toBe('FORBIDDEN');
  });

  it('open only the sessions of their own person and show', async () => {
    const showId = await server.createLiveShow();
    const { token, sessionId } = await goOnAir(showId);
    const stranger = await server.ticket(showId, 'publish');
    const { status, answer } = await server.ask('GET', `${sessions}/${sessionId}/stats`, stranger);
    expect([status, answer.error.code]).toEqual([404, 'MEDIA_SESSION_NOT_FOUND']);
    expect((await server.ask('DELETE', `${sessions}/${sessionId}`, stranger)).status).toBe(200);
    expect((await server.ask('GET', `${sessions}/${sessionId}/stats`, token)).status).toBe(200);
  });
});

describe('leaving', () => {
  it('may be said twice, and after the session has ended by itself', async () => {
    const { token, sessionId } = await goOnAir(await server.createLiveShow());
    for (const path of [sessionId, sessionId, createId('mediaSession')]) {
      const { status, answer } = await server.ask('DELETE', `${sessions}/${path}`, token);
      expect([status, answer]).toEqual([200, { ok: true, data: {} }]);
    }
  });
});

describe('publishing', () => {
  it('tells the show of a stream once sound and picture are there, and of its end', async () => {
    const showId = await server.createLiveShow();
    const before = (await server.jobs.counts('show-host-gone')).delayed;
    const { token, sessionId, streamId } = await goOnAir(showId);
    await server.ask('DELETE', `${sessions}/${sessionId}`, token);
    await expect.poll(() => typesOf(showId)).toEqual(['show:went-live', 'stream:started', 'stream:stopped']);
    const [, started, stopped] = await server.entries(showId);
    expect(started?.data).toEqual({ streamId, kinds: ['audio', 'video'], source: 'page' });
    expect(stopped?.data).toEqual({ streamId, reason: 'closed-by-host' });
    await expect.poll(async () => (await server.jobs.counts('show-host-gone')).delayed).toBe(before + 1);
  });

  it('tells of a stream with one track after a moment', async () => {
    const showId = await server.createLiveShow();
    const token = await server.ticket(showId, 'publish');
    const { sessionId } = (await publish(token)).answer.data;
    await produce(token, sessionId, 'video', vp8Parameters);
    await expect.poll(() => server.entries(showId), { timeout: 5_000 }).toHaveLength(2);
    expect((await server.entries(showId))[1]?.data).toMatchObject({ kinds: ['video'] });
  });

  it('is refused while another person publishes', async () => {
    const showId = await server.createLiveShow();
    await goOnAir(showId);
    const { status, answer } = await publish(await server.ticket(showId, 'publish'));
    expect([status, answer.error.code]).toEqual([409, 'ALREADY_PUBLISHING']);
  });

  it('is taken over by a newer page of the same person, and the older one does not take it back by itself', async () => {
    const showId = await server.createLiveShow();
    const older = await goOnAir(showId);
    const newer = (await publish(older.token)).answer.data;
    expect(newer.streamId).not.toBe(older.streamId);
    const gone = await produce(older.token, older.sessionId, 'video', vp8Parameters);
    expect(gone.answer.error.code).toBe('MEDIA_SESSION_NOT_FOUND');
    expect((await publish(older.token, older.streamId)).answer.error.code).toBe('ALREADY_PUBLISHING');
    expect((await publish(older.token, newer.streamId)).status).toBe(200);
  });

  it('has its clock corrected by its publisher, and by nobody else', async () => {
    const showId = await server.createLiveShow();
    const { token, sessionId, streamId } = await goOnAir(showId);
    const correct = async (by: string, session: string) =>
      server.ask('PUT', `${sessions}/${session}/clock`, by, { clockOffsetMs: -120 });
    const watcher = await server.ticket(showId, 'watch');
    const watching = (await watch(watcher)).answer.data;
    expect((await correct(watcher, watching.sessionId)).answer.error.code).toBe('FORBIDDEN');
    expect((await correct(token, sessionId)).status).toBe(200);
    await eventually(async () =>
      expect((await server.entries(showId)).at(-1)).toMatchObject({
        type: 'stream:clock-corrected',
        data: { streamId, clockOffsetMs: -120 },
      }),
    );
  });

  it('shows the publisher figures of the tracks', async () => {
    const { token, sessionId } = await goOnAir(await server.createLiveShow());
    const { answer } = await server.ask('GET', `${sessions}/${sessionId}/stats`, token);
    expect(answer.data).toMatchObject({ watchers: 0, producers: [{ kind: 'audio' }, { kind: 'video' }] });
  });
});

describe('watching', () => {
  it('takes two requests: one brings transport and consumers, the other connects', async () => {
    const showId = await server.createLiveShow();
    const { streamId } = await goOnAir(showId);
    const token = await server.ticket(showId, 'watch', createId('guest'));
    const { answer } = await watch(token);
    expect(answer.data).toMatchObject({ streamId, consumers: [{ kind: 'audio' }, { kind: 'video' }] });
    const { sessionId, consumers } = answer.data;
    const connected = await server.ask('POST', `${sessions}/${sessionId}/connect`, token, { dtlsParameters });
    expect(connected.answer).toEqual({ ok: true, data: {} });
    const pause = `${sessions}/${sessionId}/consumers/${consumers[0].id}/pause`;
    expect((await server.ask('POST', pause, token)).status).toBe(200);
    expect((await produce(token, sessionId, 'audio', opusParameters)).answer.error.code).toBe('FORBIDDEN');
  });

  it('waits for a stream', async () => {
    const showId = await server.createLiveShow();
    const { status, answer } = await watch(await server.ticket(showId, 'watch'));
    expect([status, answer.error.code]).toEqual([409, 'STREAM_NOT_PUBLISHED']);
  });

  it('ends when a track comes later, so that the page joins again and gets both', async () => {
    const showId = await server.createLiveShow();
    const host = await server.ticket(showId, 'publish');
    const published = (await publish(host)).answer.data;
    await produce(host, published.sessionId, 'audio', opusParameters);
    await expect.poll(() => typesOf(showId), { timeout: 5_000 }).toContain('stream:started');
    const token = await server.ticket(showId, 'watch');
    const early = (await watch(token)).answer.data;
    expect(early.consumers).toHaveLength(1);
    await produce(host, published.sessionId, 'video', vp8Parameters);
    const connected = await server.ask('POST', `${sessions}/${early.sessionId}/connect`, token, {
      dtlsParameters,
    });
    expect(connected.answer.error.code).toBe('MEDIA_SESSION_NOT_FOUND');
    expect((await watch(token)).answer.data.consumers).toHaveLength(2);
  });

  it('has a bound for each show, which does not keep its host out', async () => {
    const showId = await server.createLiveShow();
    const host = await goOnAir(showId);
    const token = await server.ticket(showId, 'watch');
    for (let place = 0; place < 4; place += 1) expect((await watch(token)).status).toBe(200);
    const { status, answer } = await watch(token);
    expect([status, answer.error.code]).toEqual([503, 'OVERLOADED']);
    expect(answer.error.retryAfterMs).toBeGreaterThan(0);
    expect((await publish(host.token, host.streamId)).status).toBe(200);
  });
});

describe('the end of a show', () => {
  it('ends its sessions and its stream', async () => {
    const showId = await server.createLiveShow();
    const { token, sessionId, streamId } = await goOnAir(showId);
    const before = (await server.jobs.counts('show-host-gone')).delayed;
    await server.endShow(showId);
    await expect.poll(() => typesOf(showId)).toContain('stream:stopped');
    expect((await server.entries(showId)).at(-1)?.data).toEqual({ streamId, reason: 'show-ended' });
    const { answer } = await server.ask('GET', `${sessions}/${sessionId}/stats`, token);
    expect(answer.error.code).toBe('MEDIA_SESSION_NOT_FOUND');
    expect((await server.jobs.counts('show-host-gone')).delayed).toBe(before);
  });

  it('closes it for everybody', async () => {
    const showId = await server.createLiveShow();
    await server.endShow(showId);
    const codes = [
      (await publish(await server.ticket(showId, 'publish'))).answer.error.code,
      (await watch(await server.ticket(showId, 'watch'))).answer.error.code,
    ];
    expect(codes).toEqual(['SHOW_ENDED', 'SHOW_ENDED']);
  });
});

describe('bad input', () => {
  it('is refused by its own code and changes nothing', async () => {
    const showId = await server.createLiveShow();
    const { token, sessionId } = await goOnAir(showId);
    const refusal = async (path: string, body: unknown, contentType?: string) => {
      const { status, answer } = await server.ask('POST', path, token, body, contentType);
      return [status, answer.error.code];
    };
    const own = `${sessions}/${sessionId}`;
    expect(await refusal(sessions, '{')).toEqual([400, 'INVALID_INPUT']);
    expect(await refusal(sessions, { intent: 'own' })).toEqual([400, 'INVALID_INPUT']);
    expect(await refusal(sessions, { intent: 'watch', rtpCapabilities: { codecs: 1 } })).toEqual([
      400,
      'INVALID_INPUT',
    ]);
    expect(await refusal(sessions, { intent: 'watch', rtpCapabilities: strangeCapabilities })).toEqual([
      406,
      'NO_COMMON_CODEC',
    ]);
    expect(await refusal(sessions, '<x/>', 'application/xml')).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect(await refusal(sessions, { intent: 'publish', more: 'x'.repeat(70_000) })).toEqual([
      413,
      'PAYLOAD_TOO_LARGE',
    ]);
    expect(await refusal(`${own}/connect`, { dtlsParameters: {} })).toEqual([400, 'INVALID_INPUT']);
    expect(await refusal(`${own}/produce`, { kind: 'smell', rtpParameters: {} })).toEqual([
      400,
      'INVALID_INPUT',
    ]);
    expect(await refusal(`${sessions}/1/connect`, { dtlsParameters })).toEqual([400, 'INVALID_INPUT']);
    expect(await refusal(`${sessions}/${createId('mediaSession')}/connect`, { dtlsParameters })).toEqual([
      404,
      'MEDIA_SESSION_NOT_FOUND',
    ]);
    expect(await typesOf(showId)).toEqual(['show:went-live', 'stream:started']);
    expect((await server.ask('GET', '/healthz')).status).toBe(200);
  });
});

describe('figures', () => {
  it('are served without the name of a show or a person', async () => {
    const showId = await server.createLiveShow();
    await goOnAir(showId);
    const { answer } = await server.ask('GET', '/metrics');
    expect(answer).toContain('souk_media_workers{service="media-server"} 1');
    expect(answer).toMatch(/souk_media_sessions\{intent="publish",service="media-server"\} [1-9]/);
    expect(answer).toContain('souk_media_incoming_bits_per_second{service="media-server"} ');
    expect(answer).toContain('souk_media_worker_cpu_seconds{worker="0",service="media-server"} ');
    expect(answer).toContain('souk_media_worker_deaths_total{service="media-server"} 0');
    expect(answer).not.toContain(showId);
  });
});
