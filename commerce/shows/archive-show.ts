import type { ShowId } from '@souk/protocol/ids';
import { BEGINNING } from '@souk/protocol/timeline/entries';
import { timelineKeys } from '@souk/timeline/keys';
import { type ArchiveBatchDeps, createArchiveBatch } from './archive-batch.ts';

export type ArchiveShow = (showId: ShowId) => Promise<void>;

const ENTRIES_PER_BATCH = 2_000;

/** Copies all that a timeline has into the archive. May run again: entries that are there already stay as they are. */
export function createArchiveShow(deps: ArchiveBatchDeps): ArchiveShow {
  const archiveBatch = createArchiveBatch(deps);
  return async (showId) => {
    const [epoch] = await deps.redis.mget(timelineKeys.epoch(showId));
    if (epoch === null || epoch === undefined) return;
    for (let upTo = BEGINNING; ; ) {
      const [part] = await archiveBatch([{ showId, epoch, upTo }], ENTRIES_PER_BATCH);
      if (part === undefined) return;
      upTo = part.upTo;
    }
  };
}
