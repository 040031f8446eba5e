import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { inputClass } from './field.tsx';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  label: string;
  /** The label is only for screen readers. */
  labelHidden?: boolean;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  hint?: ReactNode;
  disabled?: boolean;
  className?: string;
  name?: string;
  autoComplete?: string;
  'data-testid'?: string;
}

/** A labelled choice. It is the browser's own select: on phones nothing beats its wheel, and it needs no script. */
export function Select<Value extends string>({
  label,
  labelHidden = false,
  value,
  options,
  onChange,
  hint,
  className,
  ...rest
}: SelectProps<Value>) {
  const id = useId();
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className={clsx('text-sm font-medium text-text', labelHidden && 'sr-only')}>
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value as Value)}
          className={clsx(inputClass, 'cursor-pointer appearance-none pe-10')}
          {...rest}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute inset-y-0 end-3 my-auto size-4 text-text-muted"
        />
      </div>
      {hint !== undefined && <p className="text-sm text-text-muted">{hint}</p>}
    </div>
  );
}
