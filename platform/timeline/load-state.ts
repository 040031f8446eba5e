import type { ShowId } from '@souk/protocol/ids';
import type { Entry } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { emptyShowState } from '@souk/protocol/timeline/state';
import type { Logger } from '@souk/runtime/logger';
import type { Redis } from '@souk/runtime/redis';
import { timelineKeys } from './keys.ts';
import { decodeSnapshot, type Snapshot } from './snapshot.ts';
import type { ReadOptions } from './timeline.ts';
import { isBehind, readTrimMark } from './trim-mark.ts';

export interface StateReaderDeps {
  readonly redis: Redis;
  readonly logger: Logger;
  readonly read: (showId: ShowId, options: ReadOptions) => Promise<Entry[]>;
  readonly readAll: (showId: ShowId, after: string) => AsyncIterable<Entry[]>;
}

/** Where a reader stands. */
export interface MissedSince extends ReadOptions {
  readonly epoch: string;
}

export interface StateReader {
  loadState(showId: ShowId): Promise<Snapshot | undefined>;
  readMissed(showId: ShowId, since: MissedSince): Promise<Entry[] | undefined>;
}

/** A timeline is trimmed once in many seconds, and begins anew hardly ever. */
const MAX_ATTEMPTS = 5;

/** Reads that hold whatever is trimmed, or begins anew, in the middle of them. */
export function createStateReader({ redis, logger, read, readAll }: StateReaderDeps): StateReader {
  const findMarks = async (showId: ShowId): Promise<{ epoch: string | undefined; trimmedTo: string }> => {
    const [epoch, mark] = await redis.mget(timelineKeys.epoch(showId), timelineKeys.trimmed(showId));
    return { epoch: epoch ?? undefined, trimmedTo: readTrimMark(mark, epoch ?? undefined) };
  };
  const findStart = async (showId: ShowId): Promise<Snapshot | undefined> => {
    const [epoch, kept] = await Promise.all([
      redis.get(timelineKeys.epoch(showId)),
      redis.hgetall(timelineKeys.snapshot(showId)),
    ]);
    if (epoch === null) return undefined;
    return decodeSnapshot(kept, epoch, logger) ?? { epoch, state: emptyShowState };
  };
  return {
    async loadState(showId) {
      for (let attempt = 1; ; attempt += 1) {
        const start = await findStart(showId);
        if (start === undefined) return undefined;
        let { state } = start;
        for await (const entries of readAll(showId, state.lastId)) state = foldShow(entries, state);
        const { epoch, trimmedTo } = await findMarks(showId);
        if (epoch === start.epoch && !isBehind(start.state.lastId, trimmedTo)) return { epoch, state };
        if (attempt < MAX_ATTEMPTS) continue;
        // A snapshot that is lost on its own. Half a state is better than no show, and somebody must look.
        logger.error({ event: 'snapshot-missing', showId, trimmedTo });
        return { epoch: start.epoch, state };
      }
    },
    async readMissed(showId, { epoch, after, limit }) {
      const isWhole = async (): Promise<boolean> => {
        const marks = await findMarks(showId);
        return marks.epoch === epoch && !isBehind(after, marks.trimmedTo);
      };
      if (!(await isWhole())) return undefined;
      const entries = await read(showId, { after, limit: limit + 1 });
      return entries.length > limit || !(await isWhole()) ? undefined : entries;
    },
  };
}
