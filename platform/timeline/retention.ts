import { readFileSync } from 'node:fs';
import type { ShowId } from '@souk/protocol/ids';
import { defineScript, type Redis } from '@souk/runtime/redis';
import { timelineKeys } from './keys.ts';
import { encodeState, type Snapshot } from './snapshot.ts';

/** What was archived of a timeline: everything of this epoch up to that id. */
export interface ArchivedUpTo {
  readonly epoch: string;
  readonly entryId: string;
}

export interface TrimOptions {
  /** Entries that are younger stay, milliseconds. */
  readonly keepMs: number;
  /** That many of the newest entries stay. */
  readonly keepEntries: number;
  /** That many go at most. */
  readonly maxEntries: number;
}

export interface TimelineRetention {
  /** Keeps a snapshot from which readers begin; nothing happens when there is a later one, or another epoch. */
  saveSnapshot(showId: ShowId, snapshot: Snapshot): Promise<void>;
  /** Removes old entries that are in the archive and in the snapshot. Gives back how many. */
  trim(showId: ShowId, archived: ArchivedUpTo, options: TrimOptions): Promise<number>;
  /** Removes a whole timeline; false, and nothing is removed, when an entry of it is not in the archive. */
  remove(showId: ShowId, archived: ArchivedUpTo): Promise<boolean>;
}

const trimLua = readFileSync(new URL('./trim-timeline.lua', import.meta.url), 'utf8');
const snapshotLua = readFileSync(new URL('./keep-snapshot.lua', import.meta.url), 'utf8');
const removeLua = readFileSync(new URL('./remove-timeline.lua', import.meta.url), 'utf8');

/** What of the timelines stays in Redis. Each step is one script, so that a crash leaves nothing half done. */
export function createTimelineRetention({ redis }: { readonly redis: Redis }): TimelineRetention {
  const trimTimeline = defineScript(redis, 'soukTrimTimeline', trimLua);
  const keepSnapshot = defineScript(redis, 'soukKeepSnapshot', snapshotLua);
  const removeTimeline = defineScript(redis, 'soukRemoveTimeline', removeLua);
  return {
    async saveSnapshot(showId, { epoch, state }) {
      const keys = [timelineKeys.epoch(showId), timelineKeys.snapshot(showId)];
      await keepSnapshot(keys, [epoch, state.lastId, encodeState(state)]);
    },
    async trim(showId, { epoch, entryId }, { keepMs, keepEntries, maxEntries }) {
      const newest = earlierOf(entryId, (await readTime(redis)) - keepMs);
      const keys = [
        timelineKeys.timeline(showId),
        timelineKeys.epoch(showId),
        timelineKeys.snapshot(showId),
        timelineKeys.trimmed(showId),
      ];
      return Number(await trimTimeline(keys, [epoch, newest, keepEntries, maxEntries]));
    },
    async remove(showId, { epoch, entryId }) {
      const keys = [
        timelineKeys.timeline(showId),
        timelineKeys.epoch(showId),
        timelineKeys.snapshot(showId),
        timelineKeys.trimmed(showId),
        timelineKeys.levels(showId),
        timelineKeys.viewers(showId),
      ];
      return (await removeTimeline(keys, [epoch, entryId])) === 1;
    },
  };
}

/** The clock that entry ids are made by, Unix milliseconds. */
async function readTime(redis: Redis): Promise<number> {
  const [seconds, microseconds] = await redis.time();
  return Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
}

/** The last id before that instant, unless the given one is earlier. */
function earlierOf(entryId: string, beforeMs: number): string {
  const [ms = 0] = entryId.split('-').map(Number);
  return ms < beforeMs ? entryId : `${beforeMs - 1}-${Number.MAX_SAFE_INTEGER}`;
}
