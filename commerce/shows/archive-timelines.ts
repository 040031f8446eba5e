import type { ShowId } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import type { Redis } from '@souk/runtime/redis';
import { timelineKeys } from '@souk/timeline/keys';
import type { TimelineRetention } from '@souk/timeline/retention';
import type { ShowDirectory } from '@souk/timeline/show-directory';
import { parseStreams } from '@souk/timeline/stored-entry';
import type { Timeline } from '@souk/timeline/timeline';
import type { Database } from '../db/database.ts';
import type { ArchiveBatch, ArchiveCursor, ArchivedPart } from './archive-batch.ts';
import type { ArchiveMetrics } from './archive-metrics.ts';
import { findArchivedEnds } from './timeline-archive.ts';

export interface TimelineArchiver {
  /** Copies what is new of all timelines; stops between two batches when the signal says so. */
  copyNews(signal?: AbortSignal): Promise<void>;
  /** Copies all of one timeline. Gives back how far the archive reaches; undefined when the show has no timeline. */
  copyAll(showId: ShowId): Promise<ArchiveCursor | undefined>;
  /** Makes a snapshot of a show as it is now. */
  snapshot(showId: ShowId): Promise<void>;
}

export interface TimelineArchiverDeps {
  readonly db: Database;
  readonly redis: Redis;
  readonly timeline: Pick<Timeline, 'loadState'>;
  readonly timelines: ShowDirectory;
  readonly retention: Pick<TimelineRetention, 'saveSnapshot'>;
  readonly archiveBatch: ArchiveBatch;
  readonly metrics: ArchiveMetrics;
  readonly logger: Logger;
}

/** Shows that one look asks for. */
const SHOWS_PER_LOOK = 250;
/** Shows of one transaction: so long their deletions wait. */
const SHOWS_PER_BATCH = 50;
/** Entries of one transaction; the bound of what is in memory. */
const ENTRIES_PER_BATCH = 5_000;
/** A reader folds at most about so many entries on top of a snapshot. */
const SNAPSHOT_ENTRIES = 500;

interface Progress {
  readonly cursor: ArchiveCursor;
  /** Entries since the snapshot that this process has made; undefined when it has made none. */
  readonly sinceSnapshot: number | undefined;
}

/**
 * Copies timelines into the archive. Where each stands is read from the archive itself when this process does not know
 * it; after a crash, or beside another archiver, some entries are copied again, which changes nothing.
 */
export function createTimelineArchiver(deps: TimelineArchiverDeps): TimelineArchiver {
  const { db, redis, timeline, timelines, retention, archiveBatch, metrics, logger } = deps;
  const known = new Map<ShowId, Progress>();

  const findCursors = async (showIds: readonly ShowId[]): Promise<ArchiveCursor[]> => {
    const epochs = await redis.mget(showIds.map(timelineKeys.epoch));
    const found = showIds.map((showId, index) => ({ showId, epoch: epochs[index] ?? undefined }));
    const living = found.flatMap(({ showId, epoch }) => (epoch === undefined ? [] : [{ showId, epoch }]));
    const news = living.filter(({ showId, epoch }) => known.get(showId)?.cursor.epoch !== epoch);
    for (const cursor of await findArchivedEnds(db, news)) {
      known.set(cursor.showId, { cursor, sinceSnapshot: undefined });
    }
    for (const { showId, epoch } of found) if (epoch === undefined) await forget(showId);
    return living.flatMap(({ showId }) => known.get(showId)?.cursor ?? []);
  };
  /** Redis has the timeline no more. Should it begin just now, it is put back. */
  const forget = async (showId: ShowId): Promise<void> => {
    known.delete(showId);
    await timelines.remove(showId);
    if ((await redis.exists(timelineKeys.epoch(showId))) === 1) await timelines.add(showId);
  };
  const findNews = async (cursors: readonly ArchiveCursor[]): Promise<ArchiveCursor[]> => {
    if (cursors.length === 0) return [];
    const keys = cursors.map(({ showId }) => timelineKeys.timeline(showId));
    const after = cursors.map(({ upTo }) => upTo);
    const streams = parseStreams(await redis.xread('COUNT', 1, 'STREAMS', ...keys, ...after));
    for (const [first] of streams.values()) metrics.waited(Number(first?.[0].split('-')[0]));
    return cursors.filter(({ showId }) => streams.has(timelineKeys.timeline(showId)));
  };
  const note = (part: ArchivedPart): void => {
    const { entries, isFull: _, ...cursor } = part;
    const since = known.get(part.showId)?.sinceSnapshot;
    known.set(part.showId, { cursor, sinceSnapshot: since === undefined ? undefined : since + entries });
    metrics.archived(entries);
  };
  /** A show that cannot be copied must not stop the others. */
  const copyEach = async (cursors: readonly ArchiveCursor[], countEach: number): Promise<ArchivedPart[]> => {
    const parts: ArchivedPart[] = [];
    for (const cursor of cursors) {
      try {
        parts.push(...(await archiveBatch([cursor], countEach)));
      } catch (err) {
        logger.error({ event: 'timeline-not-archived', showId: cursor.showId, after: cursor.upTo, err });
      }
    }
    return parts;
  };
  const copy = async (cursors: readonly ArchiveCursor[]): Promise<ArchiveCursor[]> => {
    const countEach = Math.floor(ENTRIES_PER_BATCH / cursors.length);
    const parts = await archiveBatch(cursors, countEach).catch((err: unknown) => {
      if (cursors.length === 1) throw err;
      return copyEach(cursors, countEach);
    });
    for (const part of parts) note(part);
    await snapshotThose(parts.map(({ showId }) => showId));
    return parts.filter(({ isFull }) => isFull);
  };
  const snapshotThose = async (showIds: readonly ShowId[]): Promise<void> => {
    for (const showId of showIds) {
      const progress = known.get(showId);
      if (progress === undefined) continue;
      // What a former process has made reaches about as far as it did.
      if (progress.sinceSnapshot === undefined) known.set(showId, { ...progress, sinceSnapshot: 0 });
      else if (progress.sinceSnapshot >= SNAPSHOT_ENTRIES) await snapshot(showId);
    }
  };
  const snapshot = async (showId: ShowId): Promise<void> => {
    const loaded = await timeline.loadState(showId);
    if (loaded === undefined) return;
    await retention.saveSnapshot(showId, loaded);
    const progress = known.get(showId);
    if (progress !== undefined) known.set(showId, { ...progress, sinceSnapshot: 0 });
  };
  return {
    async copyNews(signal) {
      const showIds = await timelines.list();
      const listed = new Set(showIds);
      for (const showId of known.keys()) if (!listed.has(showId)) known.delete(showId);
      for (const part of chunksOf(showIds, SHOWS_PER_LOOK)) {
        let behind = await findNews(await findCursors(part));
        while (behind.length > 0 && signal?.aborted !== true) {
          const turn = behind.slice(0, SHOWS_PER_BATCH);
          behind = [...behind.slice(SHOWS_PER_BATCH), ...(await copy(turn))];
        }
      }
    },
    async copyAll(showId) {
      // Read anew: whoever removes a timeline must not rely on what was so a while ago.
      known.delete(showId);
      let [cursor] = await findCursors([showId]);
      while (cursor !== undefined) {
        const [part] = await archiveBatch([cursor], ENTRIES_PER_BATCH);
        if (part === undefined) break;
        note(part);
        cursor = known.get(showId)?.cursor;
      }
      return cursor;
    },
    snapshot,
  };
}

function* chunksOf<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
