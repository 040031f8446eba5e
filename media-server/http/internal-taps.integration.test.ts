import { openUdp } from '@souk/broadcast/testing/rtp-sender';
import type { Tap } from '@souk/protocol/http/internal';
import { createId } from '@souk/protocol/ids';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { opusParameters, vp8Parameters } from '../testing/media-samples.ts';
import { createTestMediaServer, type TestMediaServer } from '../testing/test-media-server.ts';

let server: TestMediaServer;
beforeAll(async () => {
  const { url } = await createTestRedis(inject('redisUrl'));
  server = await createTestMediaServer(url);
  await server.start();
});
afterAll(() => server.stop());

async function goOnAir() {
  const showId = await server.createLiveShow();
  const host = await server.ticket(showId, 'publish');
  const { sessionId, streamId } = (await server.ask('POST', '/media/sessions', host, { intent: 'publish' }))
    .answer.data;
  for (const [kind, rtpParameters] of [
    ['audio', opusParameters],
    ['video', vp8Parameters],
  ])
    await server.ask('POST', `/media/sessions/${sessionId}/produce`, host, { kind, rtpParameters });
  const leave = () => server.ask('DELETE', `/media/sessions/${sessionId}`, host);
  return { streamId, host, leave };
}

const ask = async (method: string, path: string, body?: unknown) =>
  server.ask(method, path, await server.serviceToken(), body);
const open = (streamId: string, request: object) =>
  ask('POST', `/internal/streams/${streamId}/taps`, request);
const videoTo = (port: number) => ({ kind: 'video', ip: '127.0.0.1', port });

describe('taps of a stream', () => {
  it('tell how their packets look, and end when asked', async () => {
    const { streamId } = await goOnAir();
    const receiver = await openUdp();
    const { status, answer } = await open(streamId, { ...videoTo(receiver.port), keyFrameEveryMs: 1_000 });
    expect(status).toBe(200);
    const tap: Tap = answer.data;
    expect(tap).toMatchObject({ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, channels: null });
    expect(tap.absCaptureTimeId).toBeNull();
    const audio: Tap = (await open(streamId, { ...videoTo(receiver.port), kind: 'audio' })).answer.data;
    expect(audio).toMatchObject({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2 });
    for (const { id } of [tap, audio]) {
      expect((await ask('PUT', `/internal/taps/${id}`)).status).toBe(200);
      expect((await ask('DELETE', `/internal/taps/${id}`)).status).toBe(200);
      expect((await ask('PUT', `/internal/taps/${id}`)).status).toBe(404);
    }
    receiver.close();
  });

  it('end with their stream', async () => {
    const { streamId, leave } = await goOnAir();
    const { answer } = await open(streamId, videoTo(40_999));
    await leave();
    expect((await ask('PUT', `/internal/taps/${answer.data.id}`)).status).toBe(404);
  });

  it('are for services only', async () => {
    const { streamId, host } = await goOnAir();
    for (const token of [undefined, 'nonsense', host]) {
      const path = `/internal/streams/${streamId}/taps`;
      expect((await server.ask('POST', path, token, videoTo(40_999))).status).toBe(401);
    }
  });

  it('are not opened for streams that are not there, nor to other machines', async () => {
    const { streamId } = await goOnAir();
    const { answer } = await open(createId('stream'), videoTo(40_999));
    expect(answer.error.code).toBe('STREAM_NOT_PUBLISHED');
    for (const ip of ['10.0.0.1', '0.0.0.0', '::1', 'localhost'])
      expect((await open(streamId, { ...videoTo(40_999), ip })).answer.error.code).toBe('INVALID_INPUT');
    for (const port of [0, 70_000])
      expect((await open(streamId, videoTo(port))).answer.error.code).toBe('INVALID_INPUT');
  });
});
