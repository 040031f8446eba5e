import type { ReactNode } from 'react';
import { SettingsMenu } from '../../app/settings-menu.tsx';
import { Wordmark } from '../../app/wordmark.tsx';
import { useTitle } from './use-title.ts';

export interface StaffHeaderProps {
  title: string;
  /** Beside the title: the state of the show. */
  badge?: ReactNode;
  /** At the end: what acts on the whole show. */
  children?: ReactNode;
}

/** The one slim bar above a staff page that fills the screen. */
export function StaffHeader({ title, badge, children }: StaffHeaderProps) {
  useTitle(title);
  return (
    <header className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-4 py-1.5 pt-[max(0.375rem,var(--safe-top))]">
      <Wordmark isCompact />
      <div className="flex min-w-0 flex-[1_1_12rem] items-center gap-3">
        <h1 dir="auto" className="min-w-0 truncate text-base font-semibold" title={title}>
          {title}
        </h1>
        {badge}
      </div>
      <div className="ms-auto flex flex-wrap items-center justify-end gap-x-2 gap-y-1">
        <SettingsMenu />
        {children}
      </div>
    </header>
  );
}
