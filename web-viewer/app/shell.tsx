import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, ScrollRestoration } from 'react-router';
import { holdsRole, useSession } from '../api/session.ts';
import { AccountMenu } from './account-menu.tsx';
import { SettingsMenu } from './settings-menu.tsx';
import { Wordmark } from './wordmark.tsx';

/** Header and frame of the pages that are not a show. */
export function Shell() {
  const { t } = useTranslation();
  const session = useSession();
  const links = [
    { to: '/', label: t('common.home'), shown: true },
    { to: '/orders', label: t('common.orders'), shown: true },
    { to: '/studio', label: t('common.studio'), shown: holdsRole(session, 'host', 'merchant', 'admin') },
    {
      to: '/moderate',
      label: t('common.moderation'),
      shown: holdsRole(session, 'moderator', 'host', 'merchant', 'admin'),
    },
    { to: '/desk', label: t('common.desk'), shown: holdsRole(session, 'merchant', 'admin') },
  ].filter((link) => link.shown);
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-small focus:bg-surface-raised focus:p-3"
      >
        {t('common.skipToContent')}
      </a>
      <header className="sticky top-0 z-20 border-b border-line bg-surface/90 pt-(--safe-top) backdrop-blur-md">
        <div className="mx-auto flex min-h-16 max-w-7xl flex-wrap items-center gap-x-2 px-4 pt-2 sm:px-6 sm:pt-0">
          <Wordmark />
          <nav
            aria-label={t('common.navigation')}
            className="order-last -mx-1 flex w-full gap-0.5 sm:gap-1 overflow-x-auto pb-1 sm:order-none sm:mx-4 sm:w-auto sm:pb-0"
          >
            {links.map((link) => (
              <NavLink
                key={link.to}
                to={link.to}
                end={link.to === '/'}
                className={({ isActive }) =>
                  clsx(
                    'inline-flex min-h-11 shrink-0 items-center rounded-small px-2.5 text-sm font-medium whitespace-nowrap transition-colors sm:px-3',
                    isActive ? 'bg-surface-hover text-text' : 'text-text-muted hover:text-text',
                  )
                }
              >
                {link.label}
              </NavLink>
            ))}
          </nav>
          <div className="ms-auto flex items-center gap-1">
            <SettingsMenu />
            <AccountMenu />
          </div>
        </div>
      </header>
      <main
        id="content"
        className="mx-auto w-full max-w-7xl flex-1 px-4 py-6 pb-[max(2rem,var(--safe-bottom))] sm:px-6 sm:py-10"
      >
        <Outlet />
      </main>
      <ScrollRestoration />
    </div>
  );
}
