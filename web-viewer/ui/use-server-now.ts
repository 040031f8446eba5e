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
