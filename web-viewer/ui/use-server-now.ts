import { useEffect, useState } from 'react';
import { serverClock } from '../api/hub.ts';

/** The server's wall clock in Unix milliseconds, drawn anew every `everyMs` while `running`. */
export function useServerNow(everyMs = 250, running = true): number {
  const [now, setNow] = useState(() => serverClock.now());
  useEffect(() => {
    if (!running) return;
    setNow(serverClock.now());
    const timer = window.setInterval(() => setNow(serverClock.now()), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs, running]);
  return now;
}

/** Looks at the clock at least this often, since its measure may change while it waits. */
const LOOK_MS = 1_000;

/** The server's wall clock, drawn anew the moment each of these instants comes, not at the next tick. */
export function useServerNowAt(instants: readonly number[]): number {
  const [now, setNow] = useState(() => serverClock.now());
  const next = Math.min(...instants.filter((instant) => instant > now));
  // biome-ignore lint/correctness/useExhaustiveDependencies: each look plans the next one
  useEffect(() => {
    if (next === Number.POSITIVE_INFINITY) return;
    const delayMs = Math.min(LOOK_MS, Math.max(0, next - serverClock.now()));
    const timer = window.setTimeout(() => setNow(serverClock.now()), delayMs);
    return () => window.clearTimeout(timer);
  }, [next, now]);
  return now;
}
