import { createStreamBoard } from '@souk/broadcast/board';
import { createId, type ShowId } from '@souk/protocol/ids';
import { createLogger } from '@souk/runtime/logger';
import { closeRedis, createRedis, type Redis } from '@souk/runtime/redis';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { opusParameters, simulcastParameters } from '../testing/media-samples.ts';
import { createTestMediaServer, type TestMediaServer } from '../testing/test-media-server.ts';

const mediaUrl = 'http://127.0.0.1:3003';
let server: TestMediaServer;
let redis: Redis;
beforeAll(async () => {
  const { url } = await createTestRedis(inject('redisUrl'));
  redis = createRedis({ url, name: 'test', logger: createLogger({ name: 'test', level: 'silent' }) });
  server = await createTestMediaServer(url, { MEDIA_INTERNAL_URL: mediaUrl });
  await createStreamBoard({ redis }).put({
    streamId: createId('stream'),
    showId: createId('show'),
    mediaUrl,
    startedAt: 1,
    clockOffsetMs: null,
    tracks: [],
  });
  await server.start();
});
afterAll(async () => {
  await server.stop();
  await closeRedis(redis);
});

const sessions = '/media/sessions';

async function goOnAir() {
  const showId = await server.createLiveShow();
  const token = await server.ticket(showId, 'publish');
  const { sessionId, streamId } = (await server.ask('POST', sessions, token, { intent: 'publish' })).answer
    .data;
  const path = `${sessions}/${sessionId}/produce`;
  await server.ask('POST', path, token, { kind: 'audio', rtpParameters: opusParameters });
  await server.ask('POST', path, token, { kind: 'video', rtpParameters: simulcastParameters });
  return { showId, token, sessionId, streamId };
}

async function watch(showId: ShowId) {
  const token = await server.ticket(showId, 'watch');
  const { routerRtpCapabilities: rtpCapabilities } = (await server.ask('GET', '/media/capabilities')).answer
    .data;
  const joined = await server.ask('POST', sessions, token, { intent: 'watch', rtpCapabilities });
  return { token, ...joined.answer.data };
}

describe('a connection', () => {
  it('is there until it ends', async () => {
    const { token, sessionId, streamId } = await goOnAir();
    const path = `${sessions}/${sessionId}`;
    expect((await server.ask('GET', path, token)).answer.data).toEqual({ streamId });
    await server.ask('DELETE', path, token);
    const { status, answer } = await server.ask('GET', path, token);
    expect([status, answer.error.code]).toEqual([404, 'MEDIA_SESSION_NOT_FOUND']);
  });

  it('gets new ICE credentials for a new network, on either side', async () => {
    const host = await goOnAir();
    const viewer = await watch(host.showId);
    for (const { token, sessionId } of [host, viewer]) {
      const restart = () => server.ask('POST', `${sessions}/${sessionId}/restart-ice`, token);
      const first = (await restart()).answer.data.iceParameters.usernameFragment;
      const second = (await restart()).answer.data.iceParameters.usernameFragment;
      expect(first).toBeTypeOf('string');
      expect(second).not.toBe(first);
    }
  });
});

describe('the layers of a track', () => {
  it('are bounded by their watcher, for the own tracks only', async () => {
    const host = await goOnAir();
    const { token, sessionId, consumers } = await watch(host.showId);
    const put = (id: string, maxSpatialLayer: number) =>
      server.ask('PUT', `${sessions}/${sessionId}/consumers/${id}/layers`, token, { maxSpatialLayer });
    for (const { id } of consumers) expect((await put(id, 0)).answer).toEqual({ ok: true, data: {} });
    expect((await put(consumers[0].id, 3)).answer.error.code).toBe('INVALID_INPUT');
    expect((await put(crypto.randomUUID(), 1)).answer.error.code).toBe('NOT_FOUND');
    const asHost = `${sessions}/${host.sessionId}/consumers/${consumers[0].id}/layers`;
    const refused = await server.ask('PUT', asHost, host.token, { maxSpatialLayer: 1 });
    expect(refused.answer.error.code).toBe('FORBIDDEN');
  });
});

describe('the figures of a show', () => {
  it('are told to those who may publish in it', async () => {
    const host = await goOnAir();
    await watch(host.showId);
    const ask = (token: string, showId = host.showId) =>
      server.ask('GET', `/media/shows/${showId}/figures`, token);
    const { answer } = await ask(host.token);
    expect(answer.data).toMatchObject({
      stream: { streamId: host.streamId, source: 'page', tracks: [{ kind: 'audio' }, { kind: 'video' }] },
      watchers: { webrtc: 1, hls: 0 },
      outgoingBps: 0,
      isPackaged: false,
    });
    await redis.set(`souk:packaging:${host.streamId}`, 'one');
    expect((await ask(host.token)).answer.data.isPackaged).toBe(true);
    const others = await server.ticket(createId('show'), 'publish');
    for (const token of [others, await server.ticket(host.showId, 'watch')])
      expect((await ask(token)).answer.error.code).toBe('FORBIDDEN');
  });

  it('say that nothing is published', async () => {
    const showId = await server.createLiveShow();
    const token = await server.ticket(showId, 'publish');
    expect((await server.ask('GET', `/media/shows/${showId}/figures`, token)).answer.data).toEqual({
      stream: null,
      watchers: { webrtc: 0, hls: 0 },
      outgoingBps: 0,
      isPackaged: false,
    });
  });
});

describe('the board of streams', () => {
  const onBoard = async (streamId: string) =>
    (await createStreamBoard({ redis }).list()).find((stream) => stream.streamId === streamId);

  it('holds none of a former process', async () => {
    const { streamId } = await goOnAir();
    await expect.poll(() => onBoard(streamId)).toBeDefined();
    for (const stream of await createStreamBoard({ redis }).list()) expect(stream.startedAt).not.toBe(1);
  });

  it('tells packagers how far the clock of the capture times is off, as soon as it is known', async () => {
    const { streamId, token, sessionId } = await goOnAir();
    await expect.poll(() => onBoard(streamId)).toMatchObject({ clockOffsetMs: null });
    await server.ask('PUT', `${sessions}/${sessionId}/clock`, token, { clockOffsetMs: 250 });
    await expect.poll(() => onBoard(streamId)).toMatchObject({ clockOffsetMs: 250 });
  });

  it('tells packagers what a stream is made of for as long as it is on, also after Redis lost it', async () => {
    const { showId, streamId, token, sessionId } = await goOnAir();
    const written = {
      streamId,
      showId,
      mediaUrl,
      tracks: [
        { kind: 'audio', mimeType: 'audio/opus', spatialLayers: 1 },
        { kind: 'video', mimeType: 'video/VP8', spatialLayers: 3 },
      ],
    };
    await expect.poll(() => onBoard(streamId)).toMatchObject(written);
    await redis.del('souk:streams');
    await expect.poll(() => onBoard(streamId), { timeout: 10_000 }).toMatchObject(written);
    await server.ask('DELETE', `${sessions}/${sessionId}`, token);
    await expect.poll(() => onBoard(streamId)).toBeUndefined();
  });
});
