import type { ShowId } from '@souk/protocol/ids';
import { BEGINNING, type Entry } from '@souk/protocol/timeline/entries';
import type { Timeline } from '@souk/timeline/timeline';
import type { Executor } from '../db/database.ts';
import { timelineEntries } from '../db/schema/outbox.ts';
import { redactArchive } from './timeline-archive.ts';

export type ArchiveShow = (showId: ShowId) => Promise<void>;

/** Rows of one INSERT; PostgreSQL takes at most 65,535 parameters, and a row has seven. */
const CHUNK_ROWS = 1_000;

/** Copies a timeline into the archive. May run again: entries that are there already are left as they are. */
export function createArchiveShow({ orm, timeline }: { orm: Executor; timeline: Timeline }): ArchiveShow {
  return async (showId) => {
    const epoch = await timeline.epoch(showId);
    if (epoch === undefined) return;
    for await (const page of timeline.readAll(showId, BEGINNING)) {
      for (let from = 0; from < page.length; from += CHUNK_ROWS) {
        const rows = page.slice(from, from + CHUNK_ROWS).map((entry) => toRow(showId, epoch, entry));
        await orm.insert(timelineEntries).values(rows).onConflictDoNothing();
      }
    }
    // A message that was deleted in between was not there yet when its text was taken out of the archive.
    await redactArchive(orm, showId);
  };
}

function toRow(
  showId: ShowId,
  epoch: string,
  { id: entryId, at, type, audience, data }: Entry,
): typeof timelineEntries.$inferInsert {
  return { showId, epoch, entryId, at, type, audience, data };
}
