import type { ShowId } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import type { ObjectStore } from '@souk/storage/object-store';
import { layout } from '../layout.ts';

export interface SweepDeps {
  readonly store: Pick<ObjectStore, 'remove'>;
  readonly keeping: {
    /** Recordings whose files are to be removed; some at a time. */
    findExpiredRecordings(): Promise<readonly ShowId[]>;
    /** When the last of its files is gone. */
    markRecordingRemoved(showId: ShowId): Promise<void>;
  };
  readonly logger: Logger;
}

/** Removes the files of recordings that are not kept any more. A show whose files cannot be removed stays for the next time. */
export async function sweepRecordings({ store, keeping, logger }: SweepDeps): Promise<void> {
  for (const showId of await keeping.findExpiredRecordings()) {
    try {
      await store.remove(layout.show(showId));
      await keeping.markRecordingRemoved(showId);
      logger.info({ event: 'recording-removed', showId });
    } catch (err) {
      // The others shall not wait for it.
      logger.warn({ event: 'recording-not-removed', showId, err });
    }
  }
}
