import { clsx } from 'clsx';
import { ToggleGroup } from 'radix-ui';

export interface SegmentedOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly SegmentedOption<Value>[];
  onChange: (value: Value) => void;
  className?: string;
}

/** One of a few, all of them in sight. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      // Pressing the chosen one again leaves it chosen.
      onValueChange={(next) => next !== '' && onChange(next as Value)}
      className={clsx('flex gap-1 rounded-small bg-surface-sunken p-1', className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          data-testid={`choose-${option.value}`}
          className="min-h-11 flex-1 rounded-small px-3 text-sm font-medium text-text-muted transition-colors data-[state=on]:bg-accent-soft data-[state=on]:font-semibold data-[state=on]:text-accent-text pointer-fine:min-h-9"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
