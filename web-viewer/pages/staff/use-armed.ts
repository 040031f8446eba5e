import { useCallback, useEffect, useMemo, useState } from 'react';

/** A press that was not followed by a second one counts no more after this. */
const ARMED_MS = 5_000;

export interface Armed {
  is(key: string): boolean;
  /** Runs the step at the second press within a few seconds; the first one only arms it. */
  press(key: string, step: () => void): void;
}

/** Dangerous steps ask once: the same button or key, pressed again, means it. */
export function useArmed(): Armed {
  const [armed, setArmed] = useState<string>();
  useEffect(() => {
    if (armed === undefined) return;
    const timer = setTimeout(() => setArmed(undefined), ARMED_MS);
    return () => clearTimeout(timer);
  }, [armed]);
  const press = useCallback(
    (key: string, step: () => void) => {
      if (armed !== key) return setArmed(key);
      setArmed(undefined);
      step();
    },
    [armed],
  );
  return useMemo(() => ({ is: (key) => armed === key, press }), [armed, press]);
}
