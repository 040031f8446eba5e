import type { ShowId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Logger } from '@souk/runtime/logger';
import type { Link, SfuRoom } from '../sfu-backend.ts';
import type { Census } from './census.ts';
import { createIngestLink } from './ingest-link.ts';
import { createPublishLink } from './publish-link.ts';
import type { RoomTiming } from './room-context.ts';
import type { Places } from './router-node.ts';
import { createRouterTree, type Place } from './router-tree.ts';
import { createSentRate } from './sent-rate.ts';
import { createStreamTable } from './stream-table.ts';
import { describeTracks } from './stream-tracks.ts';
import { createTapLink } from './tap-link.ts';
import { readTrackFigures } from './track-figures.ts';
import { createWatchLink } from './watch-link.ts';
import type { WorkerPool } from './worker-pool.ts';

export interface MediasoupRoomOptions {
  readonly showId: ShowId;
  readonly pool: WorkerPool;
  readonly consumersPerRouter: number;
  readonly census: Census;
  readonly logger: Logger;
  readonly timing: RoomTiming;
}

/** A page sends sound and picture. */
const PAGE_TRACKS = 2;

/** One show on the routers of one or more workers. Throws AppError UNAVAILABLE. */
export async function createMediasoupRoom(options: MediasoupRoomOptions): Promise<SfuRoom> {
  const { showId, pool, consumersPerRouter, census, logger, timing } = options;
  const streams = createStreamTable();
  const sentRate = createSentRate();
  const parts = { census, logger: logger.child({ showId }), streams, sentRate, timing };
  const tree = await createRouterTree({ parts, pool, consumersPerRouter });
  const { home } = tree;
  const atHome = (places: Places): Place => ({ node: home, giveBack: home.take(places) });

  return {
    showId,
    get endReason() {
      return home.ending.reason;
    },
    onEnd: home.ending.onEnd,
    end: tree.end,
    publish: (streamId) =>
      carry(atHome(['producers', PAGE_TRACKS]), ({ context }) => createPublishLink(context, streamId)),
    async watch(streamId, rtpCapabilities) {
      const tracks = streams.list(streamId).length;
      if (tracks === 0) throw new AppError('STREAM_NOT_PUBLISHED');
      const place = await tree.seatWatcher(tracks);
      return carry(place, ({ context }) => createWatchLink(context, streamId, rtpCapabilities));
    },
    ingest: (streamId, tracks) =>
      carry(atHome(['producers', tracks.length]), ({ context }) =>
        createIngestLink(context, streamId, tracks),
      ),
    tap: (streamId, tap) =>
      carry(atHome(['consumers', 1]), ({ context }) => createTapLink(context, streamId, tap)),
    tracks: (streamId) => describeTracks(streams.list(streamId)),
    trackFigures: (streamId) => readTrackFigures(streams.list(streamId)),
    outgoingBps: () => sentRate.read(),
  };
}

/** Makes a link in its place, which is given back at the link's end. */
async function carry<Made extends Link>(
  { node, giveBack }: Place,
  make: (node: Place['node']) => Promise<Made>,
): Promise<Made> {
  try {
    const link = await make(node);
    link.onEnd(giveBack);
    return link;
  } catch (error) {
    giveBack();
    throw error;
  }
}
