import type { ShowId } from '@souk/protocol/ids';
import {
  canBecome,
  type RecordingStatus,
  recordingStatuses,
  recordingTransitions,
  type ShowStatus,
} from '@souk/protocol/states';
import { AppError } from '@souk/runtime/app-error';
import { eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { recordings } from '../db/schema/broadcast.ts';
import { shows } from '../db/schema/shows.ts';

export type RecordingRow = typeof recordings.$inferSelect;

/** What the database knows of a show's recording. */
export interface RecordingFacts {
  readonly showStatus: ShowStatus;
  /** What was decided; it may have been decided too late for there to be a recording. */
  readonly isRecorded: boolean;
  /** Null while not a picture is kept. */
  readonly recording: RecordingRow | null;
}

/** Throws AppError SHOW_NOT_FOUND. */
export async function getRecordingFacts(orm: Executor, showId: ShowId): Promise<RecordingFacts> {
  const [row] = await selectFacts(orm, eq(shows.id, showId));
  if (row === undefined) throw new AppError('SHOW_NOT_FOUND');
  const { showId: _, ...facts } = row;
  return facts;
}

/** The same of several shows, for those who ask again and again: prepared once. Unknown shows are left out. */
export function createReadRecordingFacts(
  orm: Executor,
): (showIds: readonly ShowId[]) => Promise<Map<ShowId, RecordingFacts>> {
  const wanted = sql`${shows.id} = any(${sql.placeholder('showIds')}::text[])`;
  const query = selectFacts(orm, wanted).prepare('read-recording-facts');
  return async (showIds) => {
    const rows = await query.execute({ showIds: [...showIds] });
    return new Map(rows.map(({ showId, ...facts }) => [showId, facts]));
  };
}

function selectFacts(orm: Executor, where: SQL) {
  return orm
    .select({
      showId: shows.id,
      showStatus: shows.status,
      isRecorded: shows.isRecorded,
      recording: getTableColumns(recordings),
    })
    .from(shows)
    .leftJoin(recordings, eq(recordings.showId, shows.id))
    .where(where);
}

/** True for recordings that may go to that state: the guard of the statement that sends them there. */
export function mayBecome(to: RecordingStatus): SQL {
  const from = recordingStatuses.filter((status) => canBecome(recordingTransitions, status, to));
  return inArray(recordings.status, from);
}
