import { nextPacket, openUdp, sendRtp } from '@souk/broadcast/testing/rtp-sender';
import { createId } from '@souk/protocol/ids';
import { createLogger } from '@souk/runtime/logger';
import { observer, type types } from 'mediasoup';
import { afterEach, describe, expect, it } from 'vitest';
import { opusParameters, opusTrack, simulcastParameters, vp8Track } from '../../testing/media-samples.ts';
import type { SfuRoom, WatchLink } from '../sfu-backend.ts';
import { createMediasoupBackend } from './mediasoup-backend.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

const TRACKS = 2;

/** A backend of two workers, each for two watchers of sound and picture before the next is asked. */
async function startBackend() {
  const workers: types.Worker[] = [];
  const routers = new Map<number, types.Router[]>();
  const onWorker = (worker: types.Worker): void => {
    workers.push(worker);
    worker.observer.on('newrouter', (router) => {
      const ofWorker = routers.get(worker.pid) ?? [];
      routers.set(worker.pid, [...ofWorker, router]);
    });
  };
  observer.on('newworker', onWorker);
  const sfu = createMediasoupBackend({
    workers: 2,
    rtcPort: 0,
    addresses: [{ ip: '127.0.0.1' }],
    workerBin: process.env['MEDIASOUP_WORKER_BIN'],
    logger: createLogger({ name: 'test', level: 'silent' }),
    consumersPerRouter: 2 * TRACKS,
    roomIdleMs: 20,
    connectTimeoutMs: 60_000,
  });
  cleanUps.push(
    () => sfu.stop(),
    () => observer.off('newworker', onWorker),
  );
  await sfu.start();
  const routersOf = (worker: types.Worker | undefined) =>
    (routers.get(worker?.pid ?? 0) ?? []).filter(({ closed }) => !closed);
  const pick = (fits: (worker: types.Worker) => boolean): types.Worker => {
    const worker = workers.find(fits);
    if (worker === undefined) throw new Error('there is such a worker');
    return worker;
  };
  return { sfu, workers, routersOf, pick };
}
type Started = Awaited<ReturnType<typeof startBackend>>;

/** A show on air whose audience has grown to a branch. */
async function growRoom({ sfu, workers, routersOf, pick }: Started) {
  const room = await sfu.openRoom(createId('show'));
  const home = pick((worker) => routersOf(worker).length > 0);
  const branch = pick((worker) => worker !== home && workers.includes(worker));
  const streamId = createId('stream');
  const feed = await room.ingest(streamId, [opusTrack, vp8Track]);
  const watchers = await join(sfu, room, streamId, 4);
  return { room, home, branch, streamId, feed, watchers };
}

function join(
  sfu: Started['sfu'],
  room: SfuRoom,
  streamId: Parameters<SfuRoom['watch']>[0],
  count: number,
): Promise<WatchLink[]> {
  return Promise.all(Array.from({ length: count }, () => room.watch(streamId, sfu.rtpCapabilities)));
}

/** Consumes a track on a router as a watcher there does, and gives its packets. */
async function listenOn(router: types.Router, producerId: string) {
  const receiver = await openUdp();
  cleanUps.push(() => receiver.close());
  const transport = await router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    rtcpMux: true,
  });
  await transport.connect({ ip: '127.0.0.1', port: receiver.port });
  const consumer = await transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities });
  return { receiver, transport, consumer };
}

describe('a room over several workers', () => {
  it('takes further watchers to a branch, also when they all come at once', async () => {
    const started = await startBackend();
    const { watchers, home, branch } = await growRoom(started);
    const { sfu, routersOf } = started;
    expect(sfu.figures()).toMatchObject({ branches: 1, pipes: TRACKS, consumers: 4 * TRACKS });
    expect([routersOf(home).length, routersOf(branch).length]).toEqual([1, 1]);
    const ports = watchers.map(({ offer }) => offer.iceCandidates[0]?.['port']);
    expect(new Set(ports).size).toBe(2);
    expect(ports.filter((port) => port === ports[0])).toHaveLength(2);
  });

  it('carries packets to the branch, with their capture time', async () => {
    const started = await startBackend();
    const { feed, watchers, branch } = await growRoom(started);
    const audio = watchers[0]?.consumers.find(({ kind }) => kind === 'audio');
    const [router] = started.routersOf(branch);
    if (router === undefined || audio === undefined) throw new Error('the room has grown');
    const { receiver, consumer } = await listenOn(router, audio.producerId);
    expect(JSON.stringify(consumer.rtpParameters.headerExtensions)).toContain('abs-capture-time');
    const sender = await openUdp();
    const payload = Buffer.from('sound of a bell');
    const arrived = nextPacket(receiver, (packet) => packet.includes(payload));
    const port = feed.ports.find(({ kind }) => kind === 'audio')?.port ?? 0;
    cleanUps.push(sendRtp(sender, { ip: '127.0.0.1', port }, { ...opusTrack, payload }), () =>
      sender.close(),
    );
    expect((await arrived).readUInt32BE(8)).toBe(consumer.rtpParameters.encodings?.[0]?.ssrc);
  });

  it('offers all layers on the branch', async () => {
    const { sfu, routersOf, pick } = await startBackend();
    const room = await sfu.openRoom(createId('show'));
    const home = pick((worker) => routersOf(worker).length > 0);
    const streamId = createId('stream');
    const host = await room.publish(streamId);
    await host.produce('audio', opusParameters);
    await host.produce('video', simulcastParameters);
    expect(room.tracks(streamId).map(({ spatialLayers }) => spatialLayers)).toEqual([1, 3]);
    const links = await join(sfu, room, streamId, 4);
    expect(sfu.figures().branches).toBe(1);
    const video = links.flatMap(({ consumers }) => consumers).find(({ kind }) => kind === 'video');
    const [router] = routersOf(pick((worker) => worker !== home));
    if (router === undefined || video === undefined) throw new Error('the room has grown');
    const { consumer } = await listenOn(router, video.producerId);
    expect(consumer.type).toBe('simulcast');
    for (const link of links) for (const { id } of link.consumers) await link.setMaxLayer(id, 1);
  });

  it('brings streams that begin later to the branch as well', async () => {
    const started = await startBackend();
    const { room, feed } = await growRoom(started);
    feed.end('left');
    const streamId = createId('stream');
    await room.ingest(streamId, [opusTrack, vp8Track]);
    await join(started.sfu, room, streamId, 4);
    expect(started.sfu.figures()).toMatchObject({ rooms: 1, branches: 1, pipes: TRACKS });
  });

  it('closes the branch when nobody is there any more, and opens it again', async () => {
    const started = await startBackend();
    const { room, streamId, watchers, branch } = await growRoom(started);
    for (const link of watchers) link.end('left');
    const { sfu, routersOf } = started;
    await expect.poll(() => sfu.figures()).toMatchObject({ branches: 0, pipes: 0, consumers: 0, rooms: 1 });
    expect((await branch.dump()).routerIds).toEqual([]);
    await join(sfu, room, streamId, 4);
    expect(routersOf(branch)).toHaveLength(1);
  });

  it('loses those on the branch when its worker dies, and takes them again', async () => {
    const started = await startBackend();
    const { room, streamId, feed, watchers, branch } = await growRoom(started);
    process.kill(branch.pid, 'SIGKILL');
    const ended = () => watchers.filter(({ endReason }) => endReason === 'worker-died').length;
    await expect.poll(ended).toBe(2);
    expect([room.endReason, feed.endReason]).toEqual([null, null]);
    expect(watchers.filter(({ endReason }) => endReason === null)).toHaveLength(2);
    const { sfu } = started;
    expect(sfu.figures()).toMatchObject({ branches: 0, pipes: 0, consumers: 2 * TRACKS });
    await join(sfu, room, streamId, 2);
    await expect.poll(() => sfu.figures().workers, { timeout: 5_000 }).toBe(2);
    await join(sfu, room, streamId, 1);
    expect(sfu.figures()).toMatchObject({ rooms: 1, branches: 1 });
  });

  it('ends with its home', async () => {
    const started = await startBackend();
    const { room, feed, watchers, home } = await growRoom(started);
    process.kill(home.pid, 'SIGKILL');
    await expect.poll(() => room.endReason).toBe('worker-died');
    expect(new Set([feed, ...watchers].map(({ endReason }) => endReason))).toEqual(new Set(['worker-died']));
    await expect
      .poll(() => started.sfu.figures())
      .toMatchObject({ rooms: 0, branches: 0, transports: 0, producers: 0, consumers: 0, pipes: 0 });
  });
});
