import { readdirSync } from 'node:fs';
import { createId } from '@souk/protocol/ids';
import { createLogger } from '@souk/runtime/logger';
import { observer, type types } from 'mediasoup';
import { afterEach, expect, it } from 'vitest';
import { dtlsParameters, opusTrack, vp8Track } from '../../testing/media-samples.ts';
import type { Link, SfuRoom } from '../sfu-backend.ts';
import { createMediasoupBackend } from './mediasoup-backend.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const JOINS = 500;
const AT_ONCE = 50;

interface Emitter {
  eventNames(): (string | symbol)[];
  listenerCount(name: string | symbol): number;
}

/** The workers, and everything of them that is made before `settle` and has listeners. */
function watchMediasoup() {
  const workers: types.Worker[] = [];
  const emitters = new Set<Emitter>();
  let isSettled = false;
  const note = (...made: Emitter[]): void => {
    if (!isSettled) for (const emitter of made) emitters.add(emitter);
  };
  const onWorker = (worker: types.Worker): void => {
    workers.push(worker);
    note(worker, worker.observer);
    worker.observer.on('newrouter', (router) => {
      note(router, router.observer);
      router.observer.on('newtransport', (transport) => {
        note(transport, transport.observer);
        transport.observer.on('newproducer', (producer) => note(producer, producer.observer));
      });
    });
  };
  observer.on('newworker', onWorker);
  cleanUps.push(() => observer.off('newworker', onWorker));
  const listeners = (): number =>
    [...emitters]
      .flatMap((emitter) => emitter.eventNames().map((name) => emitter.listenerCount(name)))
      .reduce((sum, count) => sum + count, 0);
  const settle = (): void => {
    isSettled = true;
  };
  return { workers, listeners, settle };
}

const openFiles = (pid: number | 'self'): number => readdirSync(`/proc/${pid}/fd`).length;

it('has nothing left of 500 joins and leaves, here nor in the workers', async () => {
  const { workers, listeners, settle } = watchMediasoup();
  const sfu = createMediasoupBackend({
    workers: 2,
    rtcPort: 0,
    addresses: [{ ip: '127.0.0.1' }],
    workerBin: process.env['MEDIASOUP_WORKER_BIN'],
    logger: createLogger({ name: 'test', level: 'silent' }),
    consumersPerRouter: AT_ONCE,
    roomIdleMs: 50,
  });
  cleanUps.push(() => sfu.stop());
  await sfu.start();
  const room = await sfu.openRoom(createId('show'));
  const streamId = createId('stream');
  await room.ingest(streamId, [opusTrack, vp8Track]);
  settle();
  const look = async () => {
    // Asked first: once a worker answers, it has closed the files that it was told to close.
    const handlers = await Promise.all(workers.map(countHandlers));
    const workerFiles = workers.map(({ pid }) => openFiles(pid));
    return {
      figures: sfu.figures(),
      listeners: listeners(),
      ownFiles: openFiles('self'),
      workerFiles,
      handlers,
    };
  };
  const branchGone = () => expect.poll(() => sfu.figures().branches, { timeout: 5_000 }).toBe(0);

  await joinAndLeave(room, streamId, sfu.rtpCapabilities);
  await branchGone();
  const before = await look();
  for (let joined = 0; joined < JOINS; joined += AT_ONCE)
    await joinAndLeave(room, streamId, sfu.rtpCapabilities);
  await branchGone();
  await expect.poll(look).toEqual(before);
}, 60_000);

/** Routers, and everything else that a worker can be asked about. */
async function countHandlers(worker: types.Worker): Promise<number[]> {
  const { channelMessageHandlers, routerIds } = await worker.dump();
  const { channelRequestHandlers, channelNotificationHandlers } = channelMessageHandlers;
  return [routerIds.length, channelRequestHandlers.length, channelNotificationHandlers.length];
}

/** Watchers, a publisher and a tap come at once, some of them connect, and all leave. */
async function joinAndLeave(
  room: SfuRoom,
  streamId: Parameters<SfuRoom['watch']>[0],
  capabilities: Parameters<SfuRoom['watch']>[1],
): Promise<void> {
  const watchers = await Promise.all(
    Array.from({ length: AT_ONCE }, () => room.watch(streamId, capabilities)),
  );
  const host = await room.publish(createId('stream'));
  const tap = await room.tap(streamId, { kind: 'video', to: { ip: '127.0.0.1', port: 9 } });
  await Promise.all(watchers.slice(0, 5).map((link) => link.connect(dtlsParameters)));
  const links: Link[] = [...watchers, host, tap];
  for (const link of links) link.end('left');
}
