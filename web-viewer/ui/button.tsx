import { clsx } from 'clsx';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';

/**
 * `accent` is the one strong call of a page; `solid` the plain main action; `stage` stands on a ground of the accent,
 * `inverse` on one of the text's colour; * the others step back.
 */
export type ButtonVariant =
  | 'accent'
  | 'solid'
  | 'soft'
  | 'outline'
  | 'ghost'
  | 'stage'
  | 'inverse'
  | 'danger'
  | 'danger-soft';
export type ButtonSize = 'small' | 'medium' | 'large';

const variants = {
  accent: 'bg-accent text-on-accent hover:bg-accent-hover',
  solid: 'bg-text text-surface hover:bg-text/85',
  soft: 'bg-surface-hover text-text hover:bg-line',
  outline: 'border border-line-strong text-text hover:bg-surface-hover',
  ghost: 'text-text hover:bg-surface-hover',
  stage: 'bg-stage text-on-stage hover:bg-stage/85',
  inverse: 'text-surface hover:bg-surface/15',
  danger: 'bg-danger text-on-danger hover:bg-danger-hover',
  'danger-soft': 'bg-danger-soft text-danger-text hover:bg-danger hover:text-on-danger',
} as const satisfies Record<ButtonVariant, string>;

// Small ones stay 44 px high for fingers and shrink where a mouse is used.
const sizes = {
  small: 'min-h-11 px-3 text-sm pointer-fine:min-h-8',
  medium: 'min-h-11 px-4 text-sm',
  large: 'min-h-12 px-6 text-base',
} as const satisfies Record<ButtonSize, string>;

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Under way: pressing again does nothing, the words stay. */
  busy?: boolean;
  /** Gives the look to the only child, for example a link. */
  asChild?: boolean;
}

export function Button({
  variant = 'soft',
  size = 'medium',
  busy = false,
  asChild = false,
  className,
  disabled,
  type = 'button',
  ...rest
}: ButtonProps) {
  const Part = asChild ? Slot.Root : 'button';
  return (
    <Part
      type={asChild ? undefined : type}
      disabled={asChild ? undefined : disabled === true || busy}
      aria-busy={busy || undefined}
      className={clsx(
        'inline-flex select-none items-center justify-center gap-2 rounded-small font-semibold whitespace-nowrap',
        'transition-[background-color,color,scale,opacity] duration-(--motion-quick) active:scale-[0.98]',
        'disabled:cursor-not-allowed disabled:opacity-50 aria-busy:animate-shimmer aria-busy:cursor-progress',
        variants[variant],
        sizes[size],
        className,
      )}
      {...rest}
    />
  );
}
