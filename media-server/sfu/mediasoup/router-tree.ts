import type { LinkEndReason } from '../sfu-backend.ts';
import { createPipes } from './pipes.ts';
import type { RoomParts } from './room-context.ts';
import { createRouterNode, type RouterNode } from './router-node.ts';
import type { Seat, WorkerPool } from './worker-pool.ts';

export interface RouterTreeOptions {
  readonly parts: RoomParts;
  readonly pool: Pick<WorkerPool, 'getLeastLoaded' | 'findLeastLoaded'>;
  /** Consumers that a worker takes before a further one is asked. */
  readonly consumersPerRouter: number;
}

export interface Place {
  readonly node: RouterNode;
  readonly giveBack: () => void;
}

/** The routers of one room: its home, where publishers send to, and branches on further workers for more watchers. */
export interface RouterTree {
  readonly home: RouterNode;
  /** Takes places for a watcher's consumers, where there are some. Throws AppError UNAVAILABLE. */
  seatWatcher(consumers: number): Promise<Place>;
  end(reason: LinkEndReason): void;
}

/** Plants the home of a room on the least loaded worker. Throws AppError UNAVAILABLE. */
export async function createRouterTree(options: RouterTreeOptions): Promise<RouterTree> {
  const { parts, pool, consumersPerRouter } = options;
  const home = await createRouterNode({
    seat: pool.getLeastLoaded(),
    parts,
    bring: async (_router, streamId) => parts.streams.list(streamId),
  });
  const branches = new Set<RouterNode>();
  let opening: Promise<void> | undefined;

  const openBranch = async (seat: Seat): Promise<void> => {
    const branch = await createRouterNode({ seat, parts, bring: createPipes(home, seat) });
    parts.census.track('branches', branch.context.router);
    branches.add(branch);
    branch.ending.onEnd((reason) => {
      branches.delete(branch);
      parts.logger.info({ event: 'branch-closed', worker: seat.index, reason });
    });
    if (home.ending.reason !== null) branch.ending.end(home.ending.reason);
    parts.logger.info({ event: 'branch-opened', worker: seat.index, home: home.context.seat.index });
  };
  /** A worker outside of this room that is worth the pipe, if there is one. */
  const findFurther = (least: RouterNode, consumers: number): Seat | undefined => {
    const own = new Set([home, ...branches].map(({ context }) => context.seat));
    const seat = pool.findLeastLoaded(own);
    const isWorthIt = seat !== undefined && seat.load.consumers + consumers <= loadOf(least);
    return isWorthIt ? seat : undefined;
  };
  const growTo = async (seat: Seat): Promise<void> => {
    opening ??= openBranch(seat).finally(() => {
      opening = undefined;
    });
    await opening;
  };

  home.ending.onEnd((reason) => {
    for (const branch of [...branches]) branch.ending.end(reason);
  });
  return {
    home,
    async seatWatcher(consumers) {
      for (;;) {
        const nodes = [home, ...branches];
        const roomy = nodes.find((node) => loadOf(node) + consumers <= consumersPerRouter);
        const least = nodes.reduce((one, other) => (loadOf(other) < loadOf(one) ? other : one));
        const further = roomy === undefined ? findFurther(least, consumers) : undefined;
        const node = roomy ?? least;
        // Taken in the same turn in which it was chosen: many who join at once are spread as well.
        if (further === undefined) return { node, giveBack: node.take(['consumers', consumers]) };
        await growTo(further);
      }
    },
    end: (reason) => void home.ending.end(reason),
  };
}

function loadOf({ context }: RouterNode): number {
  return context.seat.load.consumers;
}
