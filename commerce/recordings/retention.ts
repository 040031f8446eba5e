import type { RecordingRow } from './recording-repository.ts';

const DAY_MS = 86_400_000;

/** How long recordings are kept. */
export interface Retention {
  /** Days from the end of the recording; 0: for ever. */
  readonly days: number;
}

/** When a recording is removed, Unix milliseconds; null while it is not ready, and where they are kept for ever. */
export function findRemovalTime(
  { readyAt }: Pick<RecordingRow, 'readyAt'>,
  { days }: Retention,
): number | null {
  return readyAt === null || days === 0 ? null : readyAt + days * DAY_MS;
}

/** What became ready before this instant is no longer offered; undefined where all are kept for ever. */
export function findExpiryCut({ days }: Retention, now: number): number | undefined {
  return days === 0 ? undefined : now - days * DAY_MS;
}
