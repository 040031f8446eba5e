import type { ErrorCode } from '@souk/protocol/error-codes';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** What to do first. */
  text: string;
  action?: ReactNode;
  /** The error that there is nothing else to see for. */
  code?: ErrorCode;
}

export function EmptyState({ icon, title, text, action, code }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-6 py-16 text-center">
      <span
        aria-hidden
        className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent-text [&>svg]:size-6"
      >
        {icon}
      </span>
      <h2 className="text-xl font-semibold">{title}</h2>
      <p
        data-testid={code === undefined ? undefined : 'error-message'}
        data-code={code}
        className="text-text-muted"
      >
        {text}
      </p>
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  );
}
