import { clsx } from 'clsx';
import { type ComponentProps, useId } from 'react';
import { inputClass } from './field.tsx';

export interface TextAreaProps extends ComponentProps<'textarea'> {
  label: string;
  hint?: string;
  /** What is wrong with it, in one sentence. */
  error?: string | undefined;
}

/** A labelled field for several lines. */
export function TextArea({ label, hint, error, className, ...rest }: TextAreaProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium text-text">
        {label}
      </label>
      <textarea
        id={id}
        rows={4}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        className={clsx(inputClass, 'field-sizing-content max-h-80 min-h-24 resize-y py-2.5')}
        {...rest}
      />
      {note !== undefined && (
        <p
          id={`${id}-note`}
          className={clsx('text-sm', error === undefined ? 'text-text-muted' : 'text-danger-text')}
        >
          {note}
        </p>
      )}
    </div>
  );
}
