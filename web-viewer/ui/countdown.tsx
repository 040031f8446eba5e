import { clsx } from 'clsx';
import { formatRemaining } from '../i18n/formats.ts';
import { useServerNow } from './use-server-now.ts';

export interface CountdownProps {
  /** Server wall clock, Unix milliseconds. */
  endsAt: number;
  /** The last seconds are shown in the danger colour. */
  urgentMs?: number;
  className?: string;
  'data-testid'?: string;
}

/** What is left until an instant of the server's clock; the figures keep their width. */
export function Countdown({ endsAt, urgentMs = 10_000, className, ...rest }: CountdownProps) {
  const remainingMs = endsAt - useServerNow();
  return (
    <span
      role="timer"
      dir="ltr"
      className={clsx('figures font-semibold', remainingMs <= urgentMs && 'text-danger-text', className)}
      {...rest}
    >
      {formatRemaining(remainingMs)}
    </span>
  );
}
