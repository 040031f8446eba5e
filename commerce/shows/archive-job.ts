import { createTimelineRetention } from '@souk/timeline/retention';
import { createTimelineDirectory } from '@souk/timeline/show-directory';
import type { Foundation } from '../foundation.ts';
import { createArchiveBatch } from './archive-batch.ts';
import { createArchiveMetrics } from './archive-metrics.ts';
import { createTimelineArchiver } from './archive-timelines.ts';
import { createSweepTimelines, type KeepRule } from './sweep-timelines.ts';

/** One round over all timelines: what is new is copied, and from time to time what is old is removed. */
export type ArchiveTimelines = (signal?: AbortSignal) => Promise<void>;

/** What recovery needs, by the rules of the hub: the newest entries, and everything of the last minutes. */
export const recoveryKeeps: Omit<KeepRule, 'endedMs'> = { entries: 2_000, ms: 600_000 };
const SWEEP_MS = 10_000;

export interface ArchiveTimelinesDeps
  extends Pick<Foundation, 'db' | 'redis' | 'timeline' | 'metrics' | 'clock' | 'logger'> {
  readonly keep: KeepRule;
}

/** Puts the archiving together. */
export function createArchiveTimelines({ keep, ...deps }: ArchiveTimelinesDeps): ArchiveTimelines {
  const { redis, clock } = deps;
  const metrics = createArchiveMetrics(deps.metrics);
  const retention = createTimelineRetention({ redis });
  const timelines = createTimelineDirectory({ redis });
  const archiveBatch = createArchiveBatch(deps);
  const archiver = createTimelineArchiver({ ...deps, timelines, retention, archiveBatch, metrics });
  const sweep = createSweepTimelines({ ...deps, timelines, retention, archiver, metrics, keep });
  let sweptAt = 0;
  return async (signal) => {
    metrics.begin(clock.now());
    await archiver.copyNews(signal);
    if (clock.now() - sweptAt < SWEEP_MS) return;
    sweptAt = clock.now();
    await sweep(signal);
  };
}
