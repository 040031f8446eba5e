import type { ErrorCode } from '@souk/protocol/error-codes';
import { clsx } from 'clsx';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorCodeOf } from '../api/api-error.ts';

export interface ErrorMessageProps {
  /** What was caught; nothing is shown for null and undefined. */
  error: unknown;
  /** A next step beside the sentence. */
  action?: ReactNode;
  className?: string;
}

/** Says what happened and what to do, by the error's code. */
export function ErrorMessage({ error, action, className }: ErrorMessageProps) {
  if (error === null || error === undefined) return null;
  return (
    <ErrorNotice
      code={errorCodeOf(error)}
      action={action}
      {...(className === undefined ? {} : { className })}
    />
  );
}

export interface ErrorNoticeProps {
  code: ErrorCode;
  /** A sentence that says more than the one of the code. */
  text?: ReactNode;
  action?: ReactNode;
  className?: string;
}

export function ErrorNotice({ code, text, action, className }: ErrorNoticeProps) {
  const { t } = useTranslation();
  return (
    <div
      role="alert"
      data-testid="error-message"
      data-code={code}
      className={clsx(
        'flex animate-rise items-center gap-3 rounded-small bg-danger-soft px-3 py-2.5 text-sm text-danger-text',
        className,
      )}
    >
      <CircleAlert aria-hidden className="size-5 shrink-0" />
      <p className="flex-1">{text ?? t(`errors.${code}`)}</p>
      {action}
    </div>
  );
}
