import { createId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { createTestRedis } from '@souk/supervisor/test-database';
import { observer, type types } from 'mediasoup';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { opusParameters, vp8Parameters } from './testing/media-samples.ts';
import { createTestMediaServer } from './testing/test-media-server.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function createServer() {
  const { url } = await createTestRedis(inject('redisUrl'));
  const server = await createTestMediaServer(url);
  stops.push(() => server.stop());
  return server;
}

async function goOnAir(server: Awaited<ReturnType<typeof createServer>>) {
  const showId = await server.createLiveShow();
  const token = await server.ticket(showId, 'publish');
  const { sessionId } = (await server.ask('POST', '/media/sessions', token, { intent: 'publish' })).answer
    .data;
  const path = `/media/sessions/${sessionId}/produce`;
  await server.ask('POST', path, token, { kind: 'audio', rtpParameters: opusParameters });
  await server.ask('POST', path, token, { kind: 'video', rtpParameters: vp8Parameters });
  await expect.poll(() => server.entries(showId)).toHaveLength(2);
  return showId;
}

describe('the media service', () => {
  it('closes the streams that a former process left open, before it serves', async () => {
    const server = await createServer();
    const showId = await server.createLiveShow();
    const streamId = createId('stream');
    const started = createEntry('stream:started', Date.now(), { streamId, kinds: ['video'] });
    await server.timeline.append(showId, started);
    await server.start();
    const last = (await server.entries(showId)).at(-1);
    expect(last).toMatchObject({
      type: 'stream:stopped',
      data: { streamId, reason: 'media-server-restarted' },
    });
    expect((await server.jobs.counts('show-host-gone')).delayed).toBe(1);
  });

  it('tells its shows when it stops', async () => {
    const server = await createServer();
    await server.start();
    const showId = await goOnAir(server);
    await server.stopService();
    const last = (await server.entries(showId)).at(-1);
    expect(last).toMatchObject({ type: 'stream:stopped', data: { reason: 'media-server-restarted' } });
  });

  it('tells a show that its SFU worker died, and takes the host again', async () => {
    const pids: number[] = [];
    observer.on('newworker', (worker: types.Worker) => pids.push(worker.pid));
    const server = await createServer();
    await server.start();
    const showId = await goOnAir(server);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await expect.poll(() => server.entries(showId)).toHaveLength(3);
    expect((await server.entries(showId)).at(-1)?.data).toMatchObject({ reason: 'connection-lost' });
    const token = await server.ticket(showId, 'publish');
    const publish = async () =>
      (await server.ask('POST', '/media/sessions', token, { intent: 'publish' })).status;
    await expect.poll(publish, { timeout: 5_000 }).toBe(200);
    expect((await server.ask('GET', '/healthz')).status).toBe(200);
  });

  it('tells a show of its picture again after Redis has lost everything', async () => {
    const server = await createServer();
    await server.start();
    const showId = await goOnAir(server);
    const before = (await server.entries(showId)).at(-1)?.data;
    await server.loseTimeline(showId);
    await server.timeline.begin(showId, [createEntry('show:went-live', Date.now(), {})]);
    await expect.poll(() => server.entries(showId), { timeout: 10_000 }).toHaveLength(2);
    expect((await server.entries(showId)).at(-1)).toMatchObject({ type: 'stream:started', data: before });
  });
});
