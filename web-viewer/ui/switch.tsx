import { Switch as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';

export interface SwitchProps {
  label: string;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

export function Switch({ label, hint, checked, onChange, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex min-h-11 items-center justify-between gap-4">
      <label htmlFor={id} className="flex-1 text-sm">
        <span className="font-medium">{label}</span>
        {hint !== undefined && <span className="block text-text-muted">{hint}</span>}
      </label>
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="h-7 w-12 shrink-0 rounded-full bg-line-strong p-0.5 transition-colors duration-(--motion-quick) data-[state=checked]:bg-success disabled:opacity-50"
      >
        <Radix.Thumb className="block size-6 rounded-full bg-surface-raised transition-transform duration-(--motion-quick) data-[state=checked]:translate-x-5 rtl:data-[state=checked]:-translate-x-5" />
      </Radix.Root>
    </div>
  );
}
