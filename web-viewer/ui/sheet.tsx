import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './icon-button.tsx';

export interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Stands beside the title, for example the hold's ring. */
  aside?: ReactNode;
  /** Stays in sight at the bottom, for example the button that goes on. */
  footer?: ReactNode;
  children: ReactNode;
  'data-testid'?: string;
}

/**
 * Slides in from the bottom on a phone and from the end side on wide screens.
 * It leaves the page behind alive: the picture goes on and stays in sight.
 */
export function Sheet({ open, onOpenChange, title, aside, footer, children, ...rest }: SheetProps) {
  const { t } = useTranslation();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Portal>
        <Radix.Content
          {...rest}
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
          className={clsx(
            'fixed z-30 flex animate-sheet flex-col bg-surface-raised text-text shadow-sheet outline-none',
            'inset-x-0 bottom-0 max-h-[min(72dvh,44rem)] rounded-t-large [--sheet-from:0_100%]',
            'lg:inset-y-0 lg:start-auto lg:end-0 lg:max-h-none lg:w-105 lg:rounded-none lg:rounded-s-large',
            'lg:[--sheet-from:100%_0] lg:rtl:[--sheet-from:-100%_0]',
          )}
        >
          <header className="flex items-center gap-3 ps-5 pe-2 pt-2 pb-1">
            <Radix.Title className="flex-1 text-lg font-semibold">{title}</Radix.Title>
            {aside}
            <Radix.Close asChild>
              <IconButton label={t('common.close')} icon={<X className="size-5" />} />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-1 pb-5">{children}</div>
          {footer !== undefined && (
            <footer className="border-t border-line px-5 pt-3 pb-[max(1rem,var(--safe-bottom))]">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
