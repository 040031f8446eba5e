import { clsx } from 'clsx';

const LOW_SHARE = 0.25;

export interface StockBarProps {
  left: number;
  total: number;
  /** Said by screen readers, for example "12 of 50 left". */
  label: string;
  className?: string;
}

/** Units left as a bar that empties toward the start side. */
export function StockBar({ left, total, label, className }: StockBarProps) {
  const share = total > 0 ? Math.min(1, left / total) : 0;
  return (
    <div className={clsx('h-1.5 overflow-hidden rounded-full bg-current/20', className)}>
      <meter className="sr-only" aria-label={label} min={0} max={total} value={left} />
      <div
        aria-hidden
        className={clsx(
          'h-full w-full origin-left rounded-full transition-transform duration-(--motion-calm) ease-out rtl:origin-right',
          share <= LOW_SHARE ? 'bg-danger' : 'bg-accent',
        )}
        style={{ transform: `scaleX(${share})` }}
      />
    </div>
  );
}
