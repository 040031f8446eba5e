import { createBrowserRouter } from 'react-router';
import { deskRoutes } from '../pages/desk/desk-routes.ts';
import { buyerRoutes, receiptRoute } from './buyer-routes.ts';
import { CrashPage } from './crash-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { PageSkeleton } from './page-skeleton.tsx';
import { Shell } from './shell.tsx';

/** Every page is a chunk of its own: whoever watches does not load the staff's pages. */
export function createAppRouter() {
  return createBrowserRouter([
    {
      ErrorBoundary: CrashPage,
      HydrateFallback: PageSkeleton,
      children: [
        {
          path: '/watch/:showId',
          lazy: async () => ({ Component: (await import('../pages/watch/watch-page.tsx')).WatchPage }),
        },
        {
          path: '/watch/:showId/replay',
          lazy: async () => ({ Component: (await import('../pages/replay/replay-page.tsx')).ReplayPage }),
        },
        {
          path: '/studio/:showId',
          lazy: async () => ({
            Component: (await import('../pages/studio/studio-show-page.tsx')).StudioShowPage,
          }),
        },
        {
          path: '/moderate/:showId',
          lazy: async () => ({
            Component: (await import('../pages/moderation/moderation-page.tsx')).ModerationPage,
          }),
        },
        receiptRoute,
        {
          Component: Shell,
          children: [
            {
              path: '/',
              lazy: async () => ({ Component: (await import('../pages/lobby/lobby-page.tsx')).LobbyPage }),
            },
            {
              path: '/login',
              lazy: async () => ({ Component: (await import('../pages/login/login-page.tsx')).LoginPage }),
            },
            ...buyerRoutes,
            {
              path: '/studio',
              lazy: async () => ({
                Component: (await import('../pages/studio/studio-home-page.tsx')).StudioHomePage,
              }),
            },
            {
              path: '/moderate',
              lazy: async () => ({
                Component: (await import('../pages/moderation/moderation-home-page.tsx')).ModerationHomePage,
              }),
            },
            deskRoutes,
            { path: '*', Component: NotFoundPage },
          ],
        },
      ],
    },
  ]);
}
