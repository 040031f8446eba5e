import type { Clock } from '@souk/runtime/clock';
import type { Handler } from './handler.ts';

/** Answers with the server's wall clock. */
export function createClockSync(clock: Clock): Handler<'clock:sync'> {
  return () => ({ serverTime: clock.now() });
}
