import type { ShowId } from '@souk/protocol/ids';

/** What packaging asks of commerce. Each rejects when it should be asked again. */
export interface RecordingKeeping {
  findPackagingPlans(showIds: readonly ShowId[]): Promise<readonly PackagingPlan[]>;
  /** At the first picture that is kept. False when nothing must be kept. */
  beginRecording(showId: ShowId, startedAt: number): Promise<boolean>;
  noteRecorded(showId: ShowId, kept: { durationMs: number; sizeBytes: number }): Promise<void>;
  /** When the last file of an ended show is written; `removed` when nothing is to be kept. */
  finishRecording(showId: ShowId): Promise<'active' | 'ready' | 'removed' | undefined>;
  /** Shows that ended a while ago, and whose recording nobody has finished. */
  findUnfinishedRecordings(): Promise<readonly ShowId[]>;
}

export interface PackagingPlan {
  readonly showId: ShowId;
  readonly isLive: boolean;
  readonly isRecorded: boolean;
}
