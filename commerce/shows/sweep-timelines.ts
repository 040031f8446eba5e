import type { ShowId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Redis } from '@souk/runtime/redis';
import { timelineKeys } from '@souk/timeline/keys';
import type { TimelineRetention } from '@souk/timeline/retention';
import type { ShowDirectory } from '@souk/timeline/show-directory';
import { and, eq, inArray, lt } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { shows } from '../db/schema/shows.ts';
import type { ArchiveCursor } from './archive-batch.ts';
import type { ArchiveMetrics } from './archive-metrics.ts';
import type { TimelineArchiver } from './archive-timelines.ts';
import { findArchivedEnds } from './timeline-archive.ts';

/** What stays in Redis: what recovery needs. */
export interface KeepRule {
  readonly entries: number;
  readonly ms: number;
  /** How long the whole timeline of an ended show stays, milliseconds. */
  readonly endedMs: number;
}

/** Removes what is archived and needed no more: old entries, and the timelines of shows that ended long ago. */
export type SweepTimelines = (signal?: AbortSignal) => Promise<void>;

export interface SweepDeps {
  readonly db: Database;
  readonly redis: Redis;
  readonly timelines: ShowDirectory;
  readonly retention: Pick<TimelineRetention, 'trim' | 'remove'>;
  readonly archiver: TimelineArchiver;
  readonly metrics: ArchiveMetrics;
  readonly keep: KeepRule;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Entries that one script removes; Redis does nothing else meanwhile. */
const ENTRIES_PER_CUT = 1_000;
/** After its end a show is still told something: its stream stops, its orders are paid. */
const ENDED_MS_MIN = 60_000;

export function createSweepTimelines(deps: SweepDeps): SweepTimelines {
  const { db, timelines, retention, archiver, metrics, keep, clock, logger } = deps;
  const cut = async (cursor: ArchiveCursor): Promise<number> => {
    const archived = { epoch: cursor.epoch, entryId: cursor.upTo };
    const options = { keepMs: keep.ms, keepEntries: keep.entries, maxEntries: ENTRIES_PER_CUT };
    const gone = await retention.trim(cursor.showId, archived, options);
    metrics.trimmed(gone);
    return gone;
  };
  const trim = async (cursor: ArchiveCursor, signal: AbortSignal | undefined): Promise<void> => {
    let isSnapshotNew = false;
    while (signal?.aborted !== true) {
      const gone = await cut(cursor);
      if (gone === ENTRIES_PER_CUT) continue;
      // There may be no snapshot yet, or one that reaches not far enough.
      if (isSnapshotNew || !(await hasOldEntry(deps, cursor))) return;
      await archiver.snapshot(cursor.showId);
      isSnapshotNew = true;
    }
  };
  const remove = async (showId: ShowId): Promise<void> => {
    const cursor = await archiver.copyAll(showId);
    if (cursor === undefined) return;
    const isGone = await retention.remove(showId, { epoch: cursor.epoch, entryId: cursor.upTo });
    if (!isGone) return;
    await timelines.remove(showId);
    logger.info({ event: 'timeline-removed', showId });
  };
  return async (signal) => {
    const showIds = await timelines.list();
    if (showIds.length === 0) return;
    const endedBefore = clock.now() - Math.max(keep.endedMs, ENDED_MS_MIN);
    const over = await findEndedBefore(db, showIds, endedBefore);
    const long = await findLong(deps, showIds);
    // The archive is asked, not this process's memory: what is trimmed must be there.
    for (const cursor of await findArchivedEnds(db, long)) {
      await isolate(logger, cursor.showId, () => trim(cursor, signal));
    }
    for (const showId of over) await isolate(logger, showId, () => remove(showId));
  };
}

/** The timelines that have more entries than have to stay. */
async function findLong(
  { redis, keep }: SweepDeps,
  showIds: readonly ShowId[],
): Promise<{ showId: ShowId; epoch: string }[]> {
  const lengths = await Promise.all(showIds.map((showId) => redis.xlen(timelineKeys.timeline(showId))));
  const long = showIds.filter((_, index) => (lengths[index] ?? 0) > keep.entries);
  if (long.length === 0) return [];
  const epochs = await redis.mget(long.map(timelineKeys.epoch));
  return long.flatMap((showId, index) => {
    const epoch = epochs[index] ?? undefined;
    return epoch === undefined ? [] : [{ showId, epoch }];
  });
}

/** True when the oldest entry might go as far as its age and the number of entries are concerned. */
async function hasOldEntry({ redis, keep, clock }: SweepDeps, { showId }: ArchiveCursor): Promise<boolean> {
  const key = timelineKeys.timeline(showId);
  const until = clock.now() - keep.ms - 1;
  if (until < 0 || (await redis.xlen(key)) <= keep.entries) return false;
  return (await redis.xrange(key, '-', until, 'COUNT', 1)).length > 0;
}

async function findEndedBefore(db: Database, showIds: readonly ShowId[], before: number): Promise<ShowId[]> {
  const isOver = and(inArray(shows.id, [...showIds]), eq(shows.status, 'ended'), lt(shows.endedAt, before));
  const rows = await db.orm.select({ id: shows.id }).from(shows).where(isOver);
  return rows.map(({ id }) => id);
}

/** A show with which something is wrong must not stop the others. */
async function isolate(logger: Logger, showId: ShowId, work: () => Promise<void>): Promise<void> {
  await work().catch((err: unknown) => logger.error({ event: 'timeline-not-swept', showId, err }));
}
