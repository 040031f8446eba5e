import type { ShowId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Logger } from '@souk/runtime/logger';
import { createEnding } from '../ending.ts';
import type { LinkEndReason, SfuRoom } from '../sfu-backend.ts';
import type { Census } from './census.ts';
import { roomCodecs } from './codecs.ts';
import { needsWorker } from './faults.ts';
import { createIngestLink } from './ingest-link.ts';
import { createPublishLink } from './publish-link.ts';
import { createStreamTable, type RoomContext } from './room-context.ts';
import { createSentRate } from './sent-rate.ts';
import { describeTracks } from './stream-tracks.ts';
import { createTapLink } from './tap-link.ts';
import { readTrackFigures } from './track-figures.ts';
import { createWatchLink } from './watch-link.ts';
import type { Seat } from './worker-pool.ts';

export interface MediasoupRoomOptions {
  readonly showId: ShowId;
  readonly seat: Seat;
  readonly census: Census;
  readonly logger: Logger;
  /** How long a room stays without a link. */
  readonly idleMs: number;
  readonly connectTimeoutMs?: number;
}

/** One show on one router of one worker. Throws AppError UNAVAILABLE. */
export async function createMediasoupRoom(options: MediasoupRoomOptions): Promise<SfuRoom> {
  const { showId, seat, idleMs } = options;
  const router = await needsWorker(() => seat.worker.createRouter({ mediaCodecs: roomCodecs }));
  const room = createEnding<LinkEndReason>();
  const streams = createStreamTable();
  let links = 0;
  let idle: NodeJS.Timeout | undefined;

  const begin = (): void => {
    if (room.reason !== null) throw new AppError('UNAVAILABLE', { detail: `the room ended: ${room.reason}` });
    clearTimeout(idle);
    links += 1;
    seat.load += 1;
  };
  const finish = (): void => {
    links -= 1;
    seat.load -= 1;
    if (links === 0 && room.reason === null) idle = setTimeout(() => room.end('left'), idleMs);
  };
  const context: RoomContext = {
    ...options,
    router,
    streams,
    sentRate: createSentRate(),
    adopt(link) {
      if (room.reason !== null) link.end(room.reason);
      else ending.add(link);
      link.onEnd(() => ending.delete(link));
    },
  };
  const ending = new Set<{ end(reason: LinkEndReason): boolean }>();
  /** Makes a link and counts it for as long as it lives. */
  const carry = async <Made extends { onEnd(listener: () => void): void }>(
    make: () => Promise<Made>,
  ): Promise<Made> => {
    begin();
    try {
      const link = await make();
      link.onEnd(finish);
      return link;
    } catch (error) {
      finish();
      throw error;
    }
  };

  room.onEnd((reason) => {
    clearTimeout(idle);
    for (const link of [...ending]) link.end(reason);
    router.close();
  });
  room.onEnd(seat.onDeath(() => room.end('worker-died')));
  return {
    showId,
    get endReason() {
      return room.reason;
    },
    onEnd: room.onEnd,
    end: (reason) => void room.end(reason),
    publish: (streamId) => carry(() => createPublishLink(context, streamId)),
    watch: (streamId, rtpCapabilities) => carry(() => createWatchLink(context, streamId, rtpCapabilities)),
    ingest: (streamId, tracks) => carry(() => createIngestLink(context, streamId, tracks)),
    tap: (streamId, tap) => carry(() => createTapLink(context, streamId, tap)),
    tracks: (streamId) => describeTracks(streams.list(streamId)),
    trackFigures: (streamId) => readTrackFigures(streams.list(streamId)),
    outgoingBps: () => context.sentRate.read(),
  };
}
