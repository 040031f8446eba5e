import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { useServerNow } from './use-server-now.ts';

const RADIUS = 20;
const LENGTH = 2 * Math.PI * RADIUS;
const URGENT_SHARE = 0.2;

export interface HoldRingProps {
  /** Server wall clock, Unix milliseconds. */
  expiresAt: number;
  /** The whole time that the ring stands for. */
  totalMs: number;
  /** `plain` draws it in the colour of the text, for grounds of the accent. */
  tone?: 'accent' | 'plain';
  children?: ReactNode;
  className?: string;
}

/** A ring that runs down around its content as a hold does. The time in words belongs beside it. */
export function HoldRing({ expiresAt, totalMs, tone = 'accent', children, className }: HoldRingProps) {
  const remainingMs = Math.max(0, expiresAt - useServerNow());
  const share = Math.min(1, remainingMs / Math.max(1, totalMs));
  return (
    <span className={clsx('relative inline-grid size-11 shrink-0 place-items-center', className)}>
      <svg aria-hidden viewBox="0 0 44 44" className="absolute inset-0 size-full -rotate-90">
        <circle
          cx="22"
          cy="22"
          r={RADIUS}
          fill="none"
          strokeWidth="3"
          className="stroke-current opacity-20"
        />
        <circle
          cx="22"
          cy="22"
          r={RADIUS}
          fill="none"
          strokeWidth="3"
          strokeLinecap="round"
          strokeDasharray={LENGTH}
          strokeDashoffset={LENGTH * (1 - share)}
          className={clsx(
            'transition-[stroke-dashoffset] duration-(--motion-calm) ease-linear',
            tone === 'plain' ? 'stroke-current' : share <= URGENT_SHARE ? 'stroke-danger' : 'stroke-accent',
          )}
        />
      </svg>
      {children}
    </span>
  );
}
