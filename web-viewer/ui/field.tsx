import { clsx } from 'clsx';
import { type ComponentProps, type ReactNode, useId } from 'react';

export const inputClass = clsx(
  'min-h-11 w-full rounded-small border border-line-strong bg-surface-raised px-3 text-base text-text',
  'placeholder:text-text-muted transition-colors duration-(--motion-quick) hover:border-text',
  'aria-invalid:border-danger disabled:opacity-60',
);

export interface FieldProps extends ComponentProps<'input'> {
  label: string;
  hint?: ReactNode;
  /** What is wrong with it, in one sentence. */
  error?: string | undefined;
  /** Stands inside at the end, for example a unit. */
  suffix?: ReactNode;
}

/** A labelled input with its hint and its fault. */
export function Field({ label, hint, error, suffix, id, className, ...rest }: FieldProps) {
  const ownId = useId();
  const inputId = id ?? ownId;
  const noteId = `${inputId}-note`;
  const note = error ?? hint;
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={inputId} className="text-sm font-medium text-text">
        {label}
      </label>
      <div className="relative">
        <input
          id={inputId}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={note === undefined ? undefined : noteId}
          className={clsx(inputClass, suffix !== undefined && 'pe-14')}
          {...rest}
        />
        {suffix !== undefined && (
          <span className="pointer-events-none absolute inset-y-0 end-3 flex items-center text-sm text-text-muted">
            {suffix}
          </span>
        )}
      </div>
      {note !== undefined && (
        <p
          id={noteId}
          className={clsx('text-sm', error === undefined ? 'text-text-muted' : 'text-danger-text')}
        >
          {note}
        </p>
      )}
    </div>
  );
}
