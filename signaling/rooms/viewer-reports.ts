import { readFileSync } from 'node:fs';
import type { ShowId } from '@souk/protocol/ids';
import { defineScript, type Redis } from '@souk/runtime/redis';
import { levelsChannel, timelineKeys } from '@souk/timeline/keys';

const countViewersLua = readFileSync(new URL('./count-viewers.lua', import.meta.url), 'utf8');

/** How long a node's report counts when no other follows: a killed node's viewers are gone after this. */
const REPORT_TTL_MS = 10_000;

export interface ViewerReports {
  /** Says how many viewers this node has, and who came since the last report. Throws when Redis is out of reach. */
  report(showId: ShowId, viewers: number, arrivals: readonly string[]): Promise<void>;
}

/** Sums the viewers of all nodes in Redis, keeps the peak, and estimates how many different people came. */
export function createViewerReports(options: { redis: Redis; nodeId: string }): ViewerReports {
  const { redis, nodeId } = options;
  const countViewers = defineScript(redis, 'soukCountViewers', countViewersLua);
  return {
    async report(showId, viewers, arrivals) {
      const keys = [timelineKeys.viewers(showId), timelineKeys.levels(showId), timelineKeys.peak(showId)];
      await Promise.all([
        countViewers(keys, [nodeId, viewers, REPORT_TTL_MS, levelsChannel(showId)]),
        arrivals.length > 0 && redis.pfadd(timelineKeys.audience(showId), ...arrivals),
      ]);
    },
  };
}
