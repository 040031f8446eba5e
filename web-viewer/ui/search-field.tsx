import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import type { ComponentProps } from 'react';
import { inputClass } from './field.tsx';

export interface SearchFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'type'> {
  /** Said by screen readers and shown while the field is empty. */
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Narrows a list while one types. */
export function SearchField({ label, value, onChange, className, ...rest }: SearchFieldProps) {
  return (
    <div className={clsx('relative', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute inset-y-0 start-3 my-auto size-4 text-text-muted"
      />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        autoComplete="off"
        maxLength={80}
        onChange={(event) => onChange(event.target.value)}
        className={clsx(inputClass, 'ps-9')}
        {...rest}
      />
    </div>
  );
}
