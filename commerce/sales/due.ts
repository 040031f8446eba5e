import { AppError } from '@souk/runtime/app-error';

/** How much earlier than its instant a job may come because two machines' clocks differ. */
const CLOCKS_DIFFER_MS = 2_000;

/**
 * True when an instant has come, false when it was moved since the job was made. Throws AppError UNAVAILABLE, to be
 * tried again, when the job is early by no more than clocks differ.
 */
export function isDue(instant: number, now: number): boolean {
  if (instant <= now) return true;
  if (instant <= now + CLOCKS_DIFFER_MS) throw new AppError('UNAVAILABLE', { detail: 'a moment too early' });
  return false;
}
