import { clsx } from 'clsx';
import { useEffect, useRef, useState } from 'react';

const ROLL_MS = 250;

export interface RollingNumberProps {
  value: number;
  format?: (value: number) => string;
  className?: string;
  'data-testid'?: string;
}

/** A number that rolls to its new value instead of jumping. At once where reduced motion is asked for. */
export function RollingNumber({ value, format = String, className, ...rest }: RollingNumberProps) {
  const [shown, setShown] = useState(value);
  const shownRef = useRef(value);
  useEffect(() => {
    const from = shownRef.current;
    if (from === value) return;
    const startedAt = performance.now();
    // No frames are drawn in a hidden page; there the number is set at once.
    const calm = document.hidden || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (calm) {
      shownRef.current = value;
      setShown(value);
      return;
    }
    let frame = 0;
    const step = (now: number): void => {
      const share = Math.min(1, Math.max(0, now - startedAt) / ROLL_MS);
      shownRef.current = Math.round(from + (value - from) * share);
      setShown(shownRef.current);
      if (share < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [value]);
  return (
    <span className={clsx('figures', className)} {...rest}>
      {format(shown)}
    </span>
  );
}
