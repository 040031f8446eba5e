import { clsx } from 'clsx';
import { type ReactNode, useEffect, useRef } from 'react';
import { NavLink, type To, useLocation } from 'react-router';

export interface LinkTab {
  readonly to: To;
  readonly label: string;
  readonly icon: ReactNode;
}

/** Tabs that are pages of their own: each has an address, and the way back leads through them. */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly LinkTab[] }) {
  const list = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another present tab.
  useEffect(() => {
    list.current
      ?.querySelector('[aria-current="page"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <nav
      ref={list}
      aria-label={label}
      className="-mx-4 flex gap-1 overflow-x-auto border-b border-line px-4 [scrollbar-width:none] sm:mx-0 sm:px-0"
    >
      {tabs.map((tab) => (
        <NavLink
          key={tab.label}
          to={tab.to}
          className={({ isActive }) =>
            clsx(
              '-mb-px inline-flex min-h-11 shrink-0 items-center gap-2 border-b-2 px-3 text-sm font-medium transition-colors',
              '[&>svg]:size-4',
              isActive ? 'border-accent text-text' : 'border-transparent text-text-muted hover:text-text',
            )
          }
        >
          {tab.icon}
          {tab.label}
        </NavLink>
      ))}
    </nav>
  );
}
