import type { AiredStream } from '@souk/protocol/http/internal';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { ObjectStore } from '@souk/storage/object-store';
import type { PackagingMetrics } from './packaging-metrics.ts';
import { createRecorder } from './recording/recorder.ts';
import type { RecordingKeeping } from './recording/recording-keeping.ts';
import { openShowShelf } from './show-shelf.ts';
import { startStreamPackager } from './stream-packager.ts';
import type { TapClient } from './tap-client.ts';

export interface ShowPackagerDeps {
  readonly store: ObjectStore;
  readonly keeping: RecordingKeeping;
  readonly taps: TapClient;
  readonly metrics: PackagingMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The packaging of one stream of a show, with its recording. */
export interface ShowPackager {
  update(stream: AiredStream, isRecorded: boolean): void;
  /** Resolves when all is written and told. Idempotent. */
  stop(): Promise<void>;
}

/** Begins to package a stream. Rejects when the storage does not answer. */
export async function startShowPackager(
  stream: AiredStream,
  isRecordedNow: boolean,
  deps: ShowPackagerDeps,
): Promise<ShowPackager> {
  const { store, keeping, clock, logger } = deps;
  const { showId } = stream;
  let isRecorded = isRecordedNow;
  const recorder = createRecorder({ store, keeping, showId });
  const shelf = await openShowShelf({
    store,
    showId,
    logger,
    nowMs: clock.now(),
    onSegment: (_slot, segment, isBest) =>
      recorder.note(segment, { isBest, isRecorded }).catch((err: unknown) => {
        // Kept in case that it belongs to the recording: what is too much is left out or removed at the end.
        logger.warn({ event: 'recording-not-told', showId, err });
        return true;
      }),
  });
  const packager = startStreamPackager(stream, { ...deps, shelf });
  return {
    update(next, isRecordedNext) {
      isRecorded = isRecordedNext;
      packager.update(next);
    },
    async stop() {
      await packager.stop();
      await recorder.flush();
    },
  };
}
