import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import type { ShowId, UserId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, eq } from 'drizzle-orm';
import { type Database, inTransaction } from '../db/database.ts';
import { recordings } from '../db/schema/broadcast.ts';
import { shows } from '../db/schema/shows.ts';
import { writeAudit } from '../moderation/audit-log.ts';
import { lockOpenShow, lockShow } from '../shows/show-repository.ts';
import { getRecordingFacts, mayBecome } from './recording-repository.ts';
import { toRecording } from './recording-view.ts';
import type { Retention } from './retention.ts';

type RecordingAnswer = HttpResponse<'recording:get'>;

/** What the crew of a show may ask of its recording. */
export interface RecordingManager {
  /** Throws AppError SHOW_NOT_FOUND. */
  get(showId: ShowId): Promise<RecordingAnswer>;
  /**
   * Switched on during a show, the recording begins with the next picture; switched off, it has what came before. Throws
   * AppError SHOW_ENDED.
   */
  set(showId: ShowId, isRecorded: boolean): Promise<RecordingAnswer>;
  /**
   * Nobody gets a ticket to it from now on; its files are removed soon after. One that is removed already stays so.
   * Throws AppError INVALID_TRANSITION while the show is not over, RECORDING_NOT_FOUND.
   */
  remove(showId: ShowId, removedBy: UserId): Promise<void>;
}

export function createRecordingManager(deps: {
  db: Database;
  retention: Retention;
  clock: Clock;
}): RecordingManager {
  const { db, retention, clock } = deps;
  const get = async (showId: ShowId): Promise<RecordingAnswer> => {
    const { isRecorded, recording } = await getRecordingFacts(db.orm, showId);
    return {
      isRecorded,
      recording: recording === null ? null : toRecording(recording, retention, clock.now()),
    };
  };
  return {
    get,
    async set(showId, isRecorded) {
      await inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        await tx.update(shows).set({ isRecorded }).where(eq(shows.id, showId));
      });
      return get(showId);
    },
    remove: (showId, removedBy) =>
      inTransaction(db, async (tx) => {
        const show = await lockShow(tx, showId);
        if (show.status !== 'ended') throw new AppError('INVALID_TRANSITION');
        const ofShow = eq(recordings.showId, showId);
        const changed = await tx
          .update(recordings)
          .set({ status: 'removed' })
          .where(and(ofShow, mayBecome('removed')))
          .returning({ showId: recordings.showId });
        if (changed.length === 0) {
          const known = await tx.select({ status: recordings.status }).from(recordings).where(ofShow);
          if (known.length === 0) throw new AppError('RECORDING_NOT_FOUND');
          return;
        }
        const action = 'recording:remove';
        await writeAudit(tx, { at: clock.now(), actorId: removedBy, action, showId });
      }),
  };
}
