import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

/** A quiet container of one thing; no shadow, since it does not float. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return (
    <div className={clsx('rounded-large border border-line bg-surface-raised p-4', className)} {...rest} />
  );
}
