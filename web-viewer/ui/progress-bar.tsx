import { clsx } from 'clsx';

export interface ProgressBarProps {
  value: number;
  total: number;
  /** Said by screen readers. */
  label: string;
  className?: string;
}

/** How much of a whole is done or used, as a bar that fills from the start side. */
export function ProgressBar({ value, total, label, className }: ProgressBarProps) {
  const share = total > 0 ? Math.min(1, value / total) : 0;
  return (
    <div className={clsx('h-1.5 overflow-hidden rounded-full bg-surface-hover', className)}>
      <progress className="sr-only" aria-label={label} max={Math.max(1, total)} value={value} />
      <div
        aria-hidden
        className="h-full w-full origin-left rounded-full bg-accent transition-transform duration-(--motion-calm) ease-out rtl:origin-right"
        style={{ transform: `scaleX(${share})` }}
      />
    </div>
  );
}
