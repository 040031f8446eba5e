import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStreamBoard } from '@souk/broadcast/board';
import { createHlsDemand } from '@souk/broadcast/demand';
import { broadcastKeys } from '@souk/broadcast/keys';
import { createPackagingLeases } from '@souk/broadcast/lease';
import type { RtpTrack } from '@souk/broadcast/rtp/track';
import type { AiredStream } from '@souk/protocol/http/internal';
import { createId, type ShowId } from '@souk/protocol/ids';
import { systemClock } from '@souk/runtime/clock';
import { createLogger } from '@souk/runtime/logger';
import { createMetrics } from '@souk/runtime/metrics';
import { closeRedis, createRedis } from '@souk/runtime/redis';
import { createDirectoryStore } from '@souk/storage/directory-store';
import { createPackagingMetrics } from '../packaging-metrics.ts';
import { createPackaging, type Packaging } from '../packaging-service.ts';
import type { RecordingKeeping } from '../recording/recording-keeping.ts';
import { readText } from '../show-shelf.ts';
import { createTapClient } from '../tap-client.ts';
import { type FlashCodec, flashTracks } from './flash-source.ts';
import { createTapStandIn } from './tap-stand-in.ts';

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

/** A real Redis, a storage in a folder, taps as media-server gives them, and as many packaging workers as a test starts. */
export async function createPackagingHouse(redisUrl: string) {
  const folder = await mkdtemp(join(tmpdir(), 'souk-packaging-'));
  const redis = createRedis({ url: redisUrl, name: 'packaging-test', logger });
  const store = createDirectoryStore({ directory: folder });
  const board = createStreamBoard({ redis });
  const demand = createHlsDemand({ redis });
  const watchers = new Map<ShowId, NodeJS.Timeout>();
  const shows = new Map<ShowId, TestShow>();
  const workers: Packaging[] = [];
  const processes: ChildProcess[] = [];

  const standIn = await createTapStandIn();
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
    /** Puts a stream on air; its packets come from whoever gets the ports, of the smallest layer first. */
    async goOnAir(
      options: {
        codec?: FlashCodec;
        kinds?: readonly ('audio' | 'video')[];
        showId?: ShowId;
        layers?: number;
        clockOffsetMs?: number | null;
      } = {},
    ) {
      const { codec = 'H264', kinds = ['audio', 'video'], showId = createId('show'), layers = 1 } = options;
      const { clockOffsetMs = null } = options;
      const streamId = createId('stream');
      const tracks = kinds.flatMap((kind) =>
        kind === 'audio' ? [flashTracks.opus] : layersOf(flashTracks[codec], layers),
      );
      const stream = await standIn.openStream(streamId, tracks);
      const aired = (offsetMs: number | null): AiredStream => ({
        streamId,
        showId,
        mediaUrl: standIn.url,
        startedAt: Date.now(),
        clockOffsetMs: offsetMs,
        tracks: kinds.map((kind) => {
          const { mimeType } = flashTracks[kind === 'audio' ? 'opus' : codec];
          return { kind, mimeType, spatialLayers: kind === 'audio' ? 1 : layers };
        }),
      });
      await board.put(aired(clockOffsetMs));
      return {
        showId,
        streamId,
        ports: stream.ports,
        sendLayers: stream.sendLayers,
        correctClock: (offsetMs: number) => board.put(aired(offsetMs)),
        async end() {
          stream.end();
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
      standIn.close();
      await closeRedis(redis);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function layersOf(track: RtpTrack, count: number): RtpTrack[] {
  return Array.from({ length: count }, () => ({ ...track }));
}

export type PackagingHouse = Awaited<ReturnType<typeof createPackagingHouse>>;
