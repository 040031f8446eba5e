import { clsx } from 'clsx';

/** A quiet stand-in in the shape of what is about to come; size it by class. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx('animate-shimmer rounded-small bg-surface-hover', className)} />;
}
