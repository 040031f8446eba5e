import { useCallback, useEffect, useRef, useState } from 'react';

/** How long a step that cannot be undone waits for a change of mind. */
export const GRACE_MS = 5_000;

export interface Grace {
  /** When the step will be taken, on the clock of `performance.now()`; null while none is waiting. */
  readonly dueAt: number | null;
  start(): void;
  /** Forget about it. */
  keepGoing(): void;
  /** Take the step now. */
  finish(): void;
}

/** Takes a step a few seconds after one press, so that one press is enough and a slip can be undone. */
export function useGrace(step: () => void, graceMs = GRACE_MS): Grace {
  const [dueAt, setDueAt] = useState<number | null>(null);
  const latestStep = useRef(step);
  latestStep.current = step;
  const finish = useCallback(() => {
    setDueAt(null);
    latestStep.current();
  }, []);
  useEffect(() => {
    if (dueAt === null) return;
    const timer = window.setTimeout(finish, Math.max(0, dueAt - performance.now()));
    return () => window.clearTimeout(timer);
  }, [dueAt, finish]);
  const start = useCallback(() => setDueAt((earlier) => earlier ?? performance.now() + graceMs), [graceMs]);
  const keepGoing = useCallback(() => setDueAt(null), []);
  return { dueAt, start, keepGoing, finish };
}
