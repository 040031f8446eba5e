import { createId } from '@souk/protocol/ids';
import { createLogger } from '@souk/runtime/logger';
import { observer, type types } from 'mediasoup';
import { afterEach, describe, expect, it } from 'vitest';
import { opusTrack, vp8Track } from '../../testing/media-samples.ts';
import type { LinkEndReason } from '../sfu-backend.ts';
import { createMediasoupBackend } from './mediasoup-backend.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function startBackend(workers: number) {
  const seen: types.Worker[] = [];
  observer.on('newworker', (worker) => seen.push(worker));
  const sfu = createMediasoupBackend({
    workers,
    rtcPort: 0,
    addresses: [{ ip: '127.0.0.1' }],
    workerBin: process.env['MEDIASOUP_WORKER_BIN'],
    logger: createLogger({ name: 'test', level: 'silent' }),
    roomIdleMs: 20,
  });
  stops.push(() => sfu.stop());
  await sfu.start();
  return { sfu, seen };
}

describe('the mediasoup backend', () => {
  it('starts shows on the least loaded worker', async () => {
    const { sfu, seen } = await startBackend(2);
    const busy = await sfu.openRoom(createId('show'));
    await busy.ingest(createId('stream'), [opusTrack, vp8Track]);
    const other = await sfu.openRoom(createId('show'));
    await other.ingest(createId('stream'), [opusTrack]);
    const routers = await Promise.all(seen.map(async (worker) => (await worker.dump()).routerIds.length));
    expect(routers).toEqual([1, 1]);
  });

  it('replaces a worker that was killed and ends what it carried with that reason', async () => {
    const { sfu, seen } = await startBackend(1);
    const showId = createId('show');
    const room = await sfu.openRoom(showId);
    const streamId = createId('stream');
    const feed = await room.ingest(streamId, [opusTrack, vp8Track]);
    const link = await room.watch(streamId, sfu.rtpCapabilities);
    const ended = new Promise<LinkEndReason>((resolve) => link.onEnd(resolve));
    process.kill(seen[0]?.pid ?? 0, 'SIGKILL');
    expect(await ended).toBe('worker-died');
    expect(feed.endReason).toBe('worker-died');
    await expect.poll(() => seen.length, { timeout: 5_000 }).toBe(2);
    await expect.poll(() => sfu.figures().workers, { timeout: 5_000 }).toBe(1);
    expect(sfu.figures()).toEqual({ workers: 1, rooms: 0, transports: 0, producers: 0, consumers: 0 });
    const again = await sfu.openRoom(showId);
    await again.ingest(createId('stream'), [opusTrack]);
    expect(sfu.figures()).toMatchObject({ rooms: 1, producers: 1 });
  });

  it('answers UNAVAILABLE while no worker runs', async () => {
    const { sfu } = await startBackend(1);
    await sfu.stop();
    await expect(async () => sfu.openRoom(createId('show'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('leaves nothing in the worker when the last link of a show has ended', async () => {
    const { sfu, seen } = await startBackend(1);
    const room = await sfu.openRoom(createId('show'));
    const streamId = createId('stream');
    const feed = await room.ingest(streamId, [opusTrack, vp8Track]);
    const links = await Promise.all(
      Array.from({ length: 5 }, () => room.watch(streamId, sfu.rtpCapabilities)),
    );
    for (const link of links) link.end('left');
    feed.end('left');
    await expect.poll(() => room.endReason).toBe('left');
    expect((await seen[0]?.dump())?.routerIds).toEqual([]);
  });
});
