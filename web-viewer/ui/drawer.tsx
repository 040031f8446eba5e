import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './icon-button.tsx';

export interface DrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** Stands below the title. */
  description?: ReactNode;
  /** Parts that bring their own scrolling, for example SheetBody and SheetFooter. */
  children: ReactNode;
}

/** A tall window at the end side, for work on one thing of a list; the whole screen on a phone. */
export function Drawer({ open, onOpenChange, title, description, children }: DrawerProps) {
  const { t } = useTranslation();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <Radix.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={clsx(
            'fixed inset-y-0 end-0 z-50 flex w-[min(34rem,100vw)] animate-sheet flex-col bg-surface-raised text-text',
            'shadow-sheet outline-none [--sheet-from:100%_0] rtl:[--sheet-from:-100%_0]',
          )}
        >
          <header className="flex items-start gap-2 ps-5 pe-2 pt-[max(0.75rem,var(--safe-top))] pb-3">
            <div className="min-w-0 flex-1 pt-1.5">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description className="text-sm text-text-muted">{description}</Radix.Description>
              )}
            </div>
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
