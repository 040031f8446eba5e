import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStreamBoard } from '@souk/broadcast/board';
import { createHlsDemand } from '@souk/broadcast/demand';
import { broadcastKeys } from '@souk/broadcast/keys';
import { createPackagingLeases } from '@souk/broadcast/lease';
import { createId, type ShowId, type StreamId } from '@souk/protocol/ids';
import { systemClock } from '@souk/runtime/clock';
import { createLogger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import { closeRedis, createRedis } from '@souk/runtime/redis';
import { createDirectoryStore } from '@souk/storage/directory-store';
import { createMediasoupBackend } from '../../../media-server/sfu/mediasoup/mediasoup-backend.ts';
import type { SfuRoom } from '../../../media-server/sfu/sfu-backend.ts';
import { createPackagingMetrics } from '../packaging-metrics.ts';
import { createPackaging, type Packaging } from '../packaging-service.ts';
import type { RecordingKeeping } from '../recording/recording-keeping.ts';
import { readText } from '../show-shelf.ts';
import { createTapClient } from '../tap-client.ts';
import { type FlashCodec, flashTracks } from './flash-source.ts';
import { serveTaps } from './tap-server.ts';

const SECRET = 'a secret of enough length';
const script = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
const level = process.env['PACKAGING_TEST_LOG'] === '1' ? 'debug' : 'silent';
const logger = createLogger({ name: 'packaging-test', level });

/** What commerce would say of recordings. */
export interface TestShow {
  isLive: boolean;
  isRecorded: boolean;
  startedAt?: number;
  durationMs: number;
  status?: 'active' | 'ready' | 'removed';
}

/** A real SFU, a real Redis, a storage in a folder, and as many packaging workers as a test starts. */
export async function createPackagingHouse(redisUrl: string) {
  const folder = await mkdtemp(join(tmpdir(), 'souk-packaging-'));
  const redis = createRedis({ url: redisUrl, name: 'packaging-test', logger });
  const sfu = createMediasoupBackend({
    workers: 1,
    rtcPort: 0,
    addresses: [{ ip: '127.0.0.1' }],
    workerBin: process.env['MEDIASOUP_WORKER_BIN'],
    logger,
  });
  await sfu.start();
  const store = createDirectoryStore({ directory: folder });
  const board = createStreamBoard({ redis });
  const demand = createHlsDemand({ redis });
  const watchers = new Map<ShowId, NodeJS.Timeout>();
  const shows = new Map<ShowId, TestShow>();
  const rooms = new Map<StreamId, SfuRoom>();
  const workers: Packaging[] = [];
  const processes: ChildProcess[] = [];

  const tapServer = await serveTaps(rooms);
  const taps = createTapClient({ secret: SECRET, clock: systemClock });
  const keeping: RecordingKeeping = {
    findPackagingPlans: async (showIds) =>
      showIds.flatMap((showId) => {
        const show = shows.get(showId);
        if (show === undefined) return [];
        return [{ showId, isLive: show.isLive, isRecorded: show.isLive && show.isRecorded }];
      }),
    async beginRecording(showId, startedAt) {
      const show = shows.get(showId);
      if (show === undefined || !show.isLive || !show.isRecorded) return false;
      show.startedAt ??= startedAt;
      show.status ??= 'active';
      return true;
    },
    async noteRecorded(showId, { durationMs }) {
      const show = shows.get(showId);
      if (show !== undefined) show.durationMs = Math.max(show.durationMs, durationMs);
    },
    async finishRecording(showId) {
      const show = shows.get(showId);
      if (show?.status === 'active') show.status = 'ready';
      return show?.status;
    },
    findUnfinishedRecordings: async () => [],
  };

  return {
    store,
    shows,
    /** Somebody watches the show from now on. */
    async beginWatching(showId: ShowId): Promise<void> {
      watchers.set(
        showId,
        setInterval(() => void demand.note(showId), 2_000),
      );
      await demand.note(showId);
    },
    /** Nobody has asked for the show for a while. */
    async endWatching(showId: ShowId): Promise<void> {
      clearInterval(watchers.get(showId));
      await redis.del(broadcastKeys.demand(showId));
    },
    /** Puts a stream on air; its packets come from whoever gets the ports. */
    async goOnAir(
      options: { codec?: FlashCodec; kinds?: readonly ('audio' | 'video')[]; showId?: ShowId } = {},
    ) {
      const { codec = 'H264', kinds = ['audio', 'video'], showId = createId('show') } = options;
      const streamId = createId('stream');
      const tracks = kinds.map((kind) => flashTracks[kind === 'audio' ? 'opus' : codec]);
      const room = await sfu.openRoom(showId);
      const link = await room.ingest(streamId, tracks);
      rooms.set(streamId, room);
      await board.put({
        streamId,
        showId,
        mediaUrl: tapServer.url,
        startedAt: Date.now(),
        tracks: tracks.map(({ kind, mimeType }) => ({ kind, mimeType, spatialLayers: 1 })),
      });
      return {
        showId,
        streamId,
        ports: link.ports,
        async end() {
          link.end('left');
          await board.remove(streamId);
        },
      };
    },
    async startWorker() {
      const worker = createPackaging({
        board,
        demand,
        leases: createPackagingLeases({ redis, token: crypto.randomUUID() }),
        taps,
        metrics: createPackagingMetrics(createMetrics('packaging-test')),
        store,
        keeping,
        clock: systemClock,
        logger,
      });
      workers.push(worker);
      await worker.start();
      return worker;
    },
    /** A worker that can be killed; every show is live and recorded to it. */
    startWorkerProcess(): ChildProcess {
      const child = spawn(process.execPath, ['--import', 'tsx', script, redisUrl, folder, SECRET], {
        stdio: 'inherit',
      });
      processes.push(child);
      return child;
    },
    async read(key: string): Promise<string | undefined> {
      const found = await store.get(key);
      return found === undefined ? undefined : readText(found.body);
    },
    pathOf: (key: string): string => join(folder, key),
    async stop() {
      for (const watcher of watchers.values()) clearInterval(watcher);
      for (const child of processes) child.kill('SIGKILL');
      for (const worker of workers) await worker.stop();
      tapServer.close();
      await sfu.stop();
      await closeRedis(redis);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type PackagingHouse = Awaited<ReturnType<typeof createPackagingHouse>>;
