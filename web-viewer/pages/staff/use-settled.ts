import { useEffect, useState } from 'react';

const SETTLED_AFTER_MS = 250;

/** The value once it has not changed for a moment, so that a search does not ask at every letter. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), SETTLED_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, [value]);
  return settled;
}
