import type { ShowId } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import { generateRouterRtpCapabilities } from 'mediasoup/ortc';
import type { OpaqueJson, SfuBackend, SfuRoom } from '../sfu-backend.ts';
import { createCensus } from './census.ts';
import { roomCodecs } from './codecs.ts';
import { createLoadReader } from './load-reader.ts';
import { createMediasoupRoom } from './mediasoup-room.ts';
import type { RoomTiming } from './room-context.ts';
import type { RtcAddress } from './rtc-addresses.ts';
import { createWorkerPool } from './worker-pool.ts';

export interface MediasoupBackendOptions {
  readonly workers: number;
  /** Port of the first worker (UDP and TCP); the others follow. 0 lets each choose. */
  readonly rtcPort: number;
  readonly addresses: readonly RtcAddress[];
  readonly workerBin: string | undefined;
  readonly logger: Logger;
  /** Consumers that a worker takes before further watchers of a show are served by another one. */
  readonly consumersPerRouter?: number;
  /** How long a show keeps its router without anybody there. */
  readonly roomIdleMs?: number;
  readonly connectTimeoutMs?: number;
  readonly silenceTimeoutMs?: number;
  /** How often it is looked whether a worker still answers. */
  readonly lookEveryMs?: number;
}

const ROOM_IDLE_MS = 30_000;
const CONSUMERS_PER_ROUTER = 400;

/** The SFU as mediasoup workers of this process. */
export function createMediasoupBackend(options: MediasoupBackendOptions): SfuBackend {
  const { logger, consumersPerRouter = CONSUMERS_PER_ROUTER } = options;
  const timing = toTiming(options);
  const pool = createWorkerPool({ ...options, size: options.workers, basePort: options.rtcPort });
  const census = createCensus();
  const rooms = new Map<ShowId, Promise<SfuRoom>>();
  const open = new Set<SfuRoom>();

  const build = async (showId: ShowId): Promise<SfuRoom> => {
    const room = await createMediasoupRoom({ showId, pool, consumersPerRouter, census, logger, timing });
    open.add(room);
    room.onEnd((reason) => {
      open.delete(room);
      rooms.delete(showId);
      logger.info({ event: 'room-ended', showId, reason });
    });
    logger.info({ event: 'room-opened', showId });
    return room;
  };
  return {
    rtpCapabilities: routerCapabilities(),
    start: () => pool.start(),
    openRoom(showId) {
      const known = rooms.get(showId);
      if (known !== undefined) return known;
      const room = build(showId);
      rooms.set(showId, room);
      room.catch(() => rooms.delete(showId));
      return room;
    },
    endRoom(showId, reason) {
      for (const room of [...open]) if (room.showId === showId) room.end(reason);
    },
    figures: () => ({
      workers: pool.seats().length,
      rooms: open.size,
      branches: census.list('branches').size,
      transports: census.list('transports').size,
      producers: census.list('producers').size,
      consumers: census.list('consumers').size,
      pipes: census.list('pipes').size,
    }),
    load: createLoadReader({ pool, census }),
    async stop() {
      for (const room of [...open]) room.end('server-stopping');
      pool.stop();
    },
  };
}

function toTiming(options: MediasoupBackendOptions): RoomTiming {
  const { roomIdleMs = ROOM_IDLE_MS, connectTimeoutMs, silenceTimeoutMs } = options;
  return {
    idleMs: roomIdleMs,
    ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
    ...(silenceTimeoutMs === undefined ? {} : { silenceTimeoutMs }),
  };
}

/** The same for every router, since every router has the same codecs. */
function routerCapabilities(): OpaqueJson {
  return { ...generateRouterRtpCapabilities(roomCodecs) };
}
