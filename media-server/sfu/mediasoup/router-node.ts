import type { StreamId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { types } from 'mediasoup';
import { createEnding, type Ending } from '../ending.ts';
import type { LinkEndReason } from '../sfu-backend.ts';
import { roomCodecs } from './codecs.ts';
import { needsWorker } from './faults.ts';
import type { RoomContext, RoomParts } from './room-context.ts';
import type { Seat } from './worker-pool.ts';

/** Tracks that a link takes in or sends. */
export type Places = readonly ['producers' | 'consumers', count: number];

/** One router of a room, on one worker, with the links that it carries. It ends when it stays empty, and with its worker. */
export interface RouterNode {
  readonly context: RoomContext;
  readonly ending: Ending<LinkEndReason>;
  /** Takes places for a link to come; the node stays until they are given back. Throws AppError UNAVAILABLE when it has ended. */
  take(places: Places): () => void;
}

export interface RouterNodeOptions {
  readonly seat: Seat;
  readonly parts: RoomParts;
  /** Makes a stream's tracks available in the new router. */
  readonly bring: (router: types.Router, streamId: StreamId) => Promise<types.Producer[]>;
}

/** Opens a router on a worker. Throws AppError UNAVAILABLE. */
export async function createRouterNode({ seat, parts, bring }: RouterNodeOptions): Promise<RouterNode> {
  const router = await needsWorker(() => seat.worker.createRouter({ mediaCodecs: roomCodecs }));
  const { idleMs } = parts.timing;
  const ending = createEnding<LinkEndReason>();
  const owned = new Set<Ending<LinkEndReason>>();
  let links = 0;
  const endLater = (): NodeJS.Timeout => setTimeout(() => ending.end('left'), idleMs);
  let idle = endLater();

  ending.onEnd(seat.load.take('routers', 1));
  ending.onEnd(seat.onDeath(() => ending.end('worker-died')));
  ending.onEnd((reason) => {
    clearTimeout(idle);
    for (const link of [...owned]) link.end(reason);
    router.close();
  });
  return {
    ending,
    context: {
      ...parts,
      router,
      seat,
      bring: (streamId) => bring(router, streamId),
      adopt(link) {
        if (ending.reason !== null) link.end(ending.reason);
        else owned.add(link);
        link.onEnd(() => owned.delete(link));
      },
    },
    take([what, count]) {
      if (ending.reason !== null)
        throw new AppError('UNAVAILABLE', { detail: `the router ended: ${ending.reason}` });
      clearTimeout(idle);
      links += 1;
      const giveBack = seat.load.take(what, count);
      let isTaken = true;
      return () => {
        if (!isTaken) return;
        isTaken = false;
        giveBack();
        links -= 1;
        if (links === 0 && ending.reason === null) idle = endLater();
      };
    },
  };
}
