import type { ShowId } from '@souk/protocol/ids';
import type { ObjectStore } from '@souk/storage/object-store';
import type { Segment } from '../ffmpeg/segmenter.ts';
import { layout } from '../layout.ts';
import { findRecorded } from './recorded-runs.ts';
import type { RecordingKeeping } from './recording-keeping.ts';
import { readRecordingMark, writeRecordingMark } from './recording-mark.ts';

/** Keeps book of the recording of one show while it is packaged. */
export interface Recorder {
  /** Told of a segment before it is published. True when it is kept. */
  note(segment: Segment, options: { isBest: boolean; isRecorded: boolean }): Promise<boolean>;
  /** Tells what there is by now. */
  flush(): Promise<void>;
}

export interface RecorderOptions {
  readonly store: ObjectStore;
  readonly keeping: Pick<RecordingKeeping, 'beginRecording' | 'noteRecorded'>;
  readonly showId: ShowId;
}

const TELL_EVERY_MS = 5_000;

/** A recorder that goes on with what other workers have recorded of the show. */
export function createRecorder({ store, keeping, showId }: RecorderOptions): Recorder {
  let begun: Promise<boolean> | undefined;
  let startedAt = Number.POSITIVE_INFINITY;
  let durationMs = 0;
  let sizeBytes = 0;
  let toldMs = 0;

  const begin = async (startMs: number): Promise<boolean> => {
    if (!(await keeping.beginRecording(showId, startMs))) return false;
    const mark = await readRecordingMark(store, showId);
    startedAt = mark?.startedAt ?? startMs;
    if (mark === undefined) await writeRecordingMark(store, showId, { startedAt });
    const former = findRecorded(await store.list(layout.media(showId)), showId, startedAt);
    durationMs = former.durationMs;
    sizeBytes = former.sizeBytes;
    return true;
  };
  const flush = async (): Promise<void> => {
    if (durationMs === toldMs) return;
    await keeping.noteRecorded(showId, { durationMs, sizeBytes });
    toldMs = durationMs;
  };
  return {
    async note(segment, { isBest, isRecorded }) {
      if (!isRecorded) return false;
      begun ??= begin(segment.startMs);
      const isKept = await begun.catch((error: unknown) => {
        // Asked again with the next segment; this one is kept, in case that the answer is yes.
        begun = undefined;
        throw error;
      });
      if (!isKept) begun = undefined;
      if (!isKept || segment.startMs < startedAt) return false;
      sizeBytes += segment.bytes.length;
      if (isBest) durationMs += segment.durationMs;
      if (durationMs - toldMs >= TELL_EVERY_MS) await flush();
      return true;
    },
    flush,
  };
}
