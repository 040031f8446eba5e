import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './icon-button.tsx';

export interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Where it stands on wide screens. */
  side?: 'start' | 'end';
  /** Stands before the title, for example the way back. */
  lead?: ReactNode;
  /** Stands beside the title. */
  aside?: ReactNode;
  /** SheetBody and SheetFooter. */
  children: ReactNode;
}

const sides = {
  start: 'lg:border-e lg:start-0 lg:end-auto lg:[--sheet-from:-100%_0] lg:rtl:[--sheet-from:100%_0]',
  end: 'lg:border-s lg:start-auto lg:end-0 lg:[--sheet-from:100%_0] lg:rtl:[--sheet-from:-100%_0]',
} as const;

/**
 * Slides in from the bottom on a phone and from one side, below the header, on wide screens.
 * It leaves the page behind alive: the picture goes on and stays in sight.
 */
export function Sheet({ open, onOpenChange, title, side = 'end', lead, aside, children }: SheetProps) {
  const { t } = useTranslation();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Portal>
        <Radix.Content
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
          className={clsx(
            'fixed z-30 flex animate-sheet flex-col bg-surface-raised text-text shadow-sheet outline-none',
            'inset-x-0 bottom-0 h-[min(68dvh,44rem)] rounded-t-large [--sheet-from:0_100%]',
            'lg:top-16 lg:bottom-0 lg:h-auto lg:w-88 lg:rounded-none lg:border-line lg:shadow-none',
            sides[side],
          )}
        >
          <header className="flex items-center gap-2 ps-5 pe-2 pt-2 pb-1">
            {lead}
            <Radix.Title className="flex-1 text-lg font-semibold">{title}</Radix.Title>
            {aside}
            <Radix.Close asChild>
              <IconButton label={t('common.close')} icon={<X className="size-5" />} />
            </Radix.Close>
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The part of a sheet that scrolls. */
export function SheetBody({ className, ...rest }: ComponentProps<'div'>) {
  return (
    <div
      className={clsx('min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-1 pb-5', className)}
      {...rest}
    />
  );
}

/** The part of a sheet that stays in sight at its bottom: the way on. */
export function SheetFooter({ className, ...rest }: ComponentProps<'div'>) {
  return (
    <div
      className={clsx('border-t border-line px-5 pt-3 pb-[max(1rem,var(--safe-bottom))]', className)}
      {...rest}
    />
  );
}
