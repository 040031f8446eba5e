import type { Recording, ReplayStatus } from '@souk/protocol/http/broadcast';
import type { RecordingStatus } from '@souk/protocol/states';
import type { RecordingFacts, RecordingRow } from './recording-repository.ts';
import { findRemovalTime, type Retention } from './retention.ts';

/** A recording as its crew sees it at that instant. */
export function toRecording(row: RecordingRow, retention: Retention, now: number): Recording {
  const { startedAt, durationMs, sizeBytes } = row;
  const status = findStatus(row, retention, now);
  const removeAt = status === 'ready' ? findRemovalTime(row, retention) : null;
  return { status, startedAt, durationMs, sizeBytes, removeAt };
}

/** What an audience is told of it at that instant. */
export function toReplayStatus(facts: RecordingFacts, retention: Retention, now: number): ReplayStatus {
  const { showStatus, recording } = facts;
  if (showStatus !== 'ended' || recording === null) return 'none';
  const status = findStatus(recording, retention, now);
  return status === 'active' ? 'preparing' : status;
}

/** One whose time is over counts as removed, whether or not its files are gone. */
function findStatus(row: RecordingRow, retention: Retention, now: number): RecordingStatus {
  const removalTime = findRemovalTime(row, retention);
  return row.status === 'ready' && removalTime !== null && removalTime <= now ? 'removed' : row.status;
}
