import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

const variants = {
  plain: 'text-text hover:bg-surface-hover',
  soft: 'bg-surface-hover text-text hover:bg-line',
  glass: 'glass hover:bg-stage/85',
  danger: 'text-danger-text hover:bg-danger-soft',
} as const;

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** Said by screen readers and shown as the tooltip. */
  label: string;
  icon: ReactNode;
  variant?: keyof typeof variants;
  /** `small` is for dense staff pages used with a mouse; fingers still get 44 px. */
  size?: 'small' | 'medium';
}

/** A round button of one icon, at least 44 px for fingers. */
export function IconButton({
  label,
  icon,
  variant = 'plain',
  size = 'medium',
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={clsx(
        'inline-grid size-11 shrink-0 place-items-center rounded-full transition-[background-color,scale,opacity]',
        'duration-(--motion-quick) active:scale-95 disabled:cursor-not-allowed disabled:opacity-50',
        size === 'small' && 'pointer-fine:size-8',
        variants[variant],
        className,
      )}
      {...rest}
    >
      {icon}
    </button>
  );
}
