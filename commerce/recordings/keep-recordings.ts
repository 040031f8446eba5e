import type { ShowId } from '@souk/protocol/ids';
import type { RecordingStatus } from '@souk/protocol/states';
import type { Clock } from '@souk/runtime/clock';
import { and, asc, eq, exists, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { recordings } from '../db/schema/broadcast.ts';
import { shows } from '../db/schema/shows.ts';
import { mayBecome } from './recording-repository.ts';
import { findExpiryCut, type Retention } from './retention.ts';

/** Whether the packaging of a show is wanted for its own sake, and not only while somebody watches. */
export interface PackagingPlan {
  readonly showId: ShowId;
  readonly isLive: boolean;
  /** Recorded from now on; pictures from before the show went live are never kept. */
  readonly isRecorded: boolean;
}

/**
 * What those who write the files of a recording tell of it. Everything may be called again, and in any process: what is
 * done already changes nothing.
 */
export interface RecordingKeeper {
  /** For those of the shows that there are. */
  findPackagingPlans(showIds: readonly ShowId[]): Promise<PackagingPlan[]>;
  /**
   * At the first picture that is kept, whose instant is `startedAt` (server wall-clock milliseconds); the first call
   * counts. False when nothing must be kept: the show is not on air or not recorded, or its recording is over.
   */
  beginRecording(showId: ShowId, startedAt: number): Promise<boolean>;
  /** What there is by now; figures only grow. Does nothing when the recording is over. */
  noteRecorded(showId: ShowId, kept: { durationMs: number; sizeBytes: number }): Promise<void>;
  /**
   * When the last file of an ended show is written. Gives back what became of the recording: `removed` when nothing was
   * kept or somebody removed it, `active` while the show is on; undefined where there is none.
   */
  finishRecording(showId: ShowId): Promise<RecordingStatus | undefined>;
  /** Shows that ended a while ago, and whose recording nobody has finished: a worker died meanwhile. */
  findUnfinishedRecordings(): Promise<ShowId[]>;
  /** Recordings whose files are to be removed: their time is over, or somebody removed them. Some at a time. */
  findExpiredRecordings(): Promise<ShowId[]>;
  /** When the last of its files is gone. */
  markRecordingRemoved(showId: ShowId): Promise<void>;
}

export interface RecordingKeeperDeps {
  readonly orm: Executor;
  readonly retention: Retention;
  readonly clock: Clock;
}

/** Whoever writes the files of an ended show has this long to finish, before somebody else does or removes them. */
const GRACE_MS = 60_000;
const BATCH = 100;

export function createRecordingKeeper({ orm, retention, clock }: RecordingKeeperDeps): RecordingKeeper {
  const findStatus = async (showId: ShowId): Promise<RecordingStatus | undefined> => {
    const [row] = await orm
      .select({ status: recordings.status })
      .from(recordings)
      .where(eq(recordings.showId, showId));
    return row?.status;
  };
  const findIds = async (where: SQL | undefined): Promise<ShowId[]> => {
    const rows = await orm
      .select({ showId: recordings.showId })
      .from(recordings)
      .innerJoin(shows, eq(shows.id, recordings.showId))
      .where(where)
      .orderBy(asc(recordings.showId))
      .limit(BATCH);
    return rows.map(({ showId }) => showId);
  };
  const findPackagingPlans = async (showIds: readonly ShowId[]): Promise<PackagingPlan[]> => {
    if (showIds.length === 0) return [];
    const rows = await orm
      .select({ showId: shows.id, status: shows.status, isRecorded: shows.isRecorded })
      .from(shows)
      .where(inArray(shows.id, [...showIds]));
    return rows.map(({ showId, status, isRecorded }) => {
      const isLive = status === 'live';
      return { showId, isLive, isRecorded: isLive && isRecorded };
    });
  };
  const endedLongAgo = () => and(eq(shows.status, 'ended'), lt(shows.endedAt, clock.now() - GRACE_MS));
  return {
    findPackagingPlans,
    async beginRecording(showId, startedAt) {
      const [plan] = await findPackagingPlans([showId]);
      if (plan?.isRecorded !== true) return false;
      await orm.insert(recordings).values({ showId, status: 'active', startedAt }).onConflictDoNothing();
      return (await findStatus(showId)) === 'active';
    },
    async noteRecorded(showId, { durationMs, sizeBytes }) {
      await orm
        .update(recordings)
        .set({
          durationMs: sql`greatest(${recordings.durationMs}, ${durationMs}::integer)`,
          sizeBytes: sql`greatest(${recordings.sizeBytes}, ${sizeBytes}::bigint)`,
        })
        .where(and(eq(recordings.showId, showId), eq(recordings.status, 'active')));
    },
    async finishRecording(showId) {
      const isOver = orm
        .select({ id: shows.id })
        .from(shows)
        .where(and(eq(shows.id, showId), eq(shows.status, 'ended')));
      await orm
        .update(recordings)
        .set({
          status: sql`CASE WHEN ${recordings.durationMs} > 0 THEN 'ready' ELSE 'removed' END`,
          readyAt: clock.now(),
        })
        .where(and(eq(recordings.showId, showId), mayBecome('ready'), exists(isOver)));
      return findStatus(showId);
    },
    findUnfinishedRecordings: () => findIds(and(eq(recordings.status, 'active'), endedLongAgo())),
    findExpiredRecordings() {
      const cut = findExpiryCut(retention, clock.now());
      const isExpired =
        cut === undefined ? undefined : and(eq(recordings.status, 'ready'), lt(recordings.readyAt, cut));
      const isToRemove = and(eq(recordings.status, 'removed'), isNull(recordings.removedAt), endedLongAgo());
      return findIds(or(isExpired, isToRemove));
    },
    async markRecordingRemoved(showId) {
      const isGone = or(
        mayBecome('removed'),
        and(eq(recordings.status, 'removed'), isNull(recordings.removedAt)),
      );
      await orm
        .update(recordings)
        .set({ status: 'removed', removedAt: clock.now() })
        .where(and(eq(recordings.showId, showId), isGone));
    },
  };
}
