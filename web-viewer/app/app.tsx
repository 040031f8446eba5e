import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Direction } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import { onSessionChange, renewSession } from '../api/session.ts';
import { Toaster } from '../ui/toast.tsx';
import { createAppRouter } from './router.tsx';

const MAX_RETRIES = 3;

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < MAX_RETRIES && error instanceof ApiError && error.retryable,
      },
    },
  });
}

/** The page: session, data cache, direction, routes and toasts. */
export function App() {
  const { i18n } = useTranslation();
  const [client] = useState(createQueryClient);
  const [router] = useState(createAppRouter);

  useEffect(() => {
    renewSession();
    let userId: string | undefined;
    return onSessionChange((session) => {
      // What another person may see must not linger.
      if (userId !== undefined && userId !== session.userId) void client.resetQueries();
      userId = session.userId;
    });
  }, [client]);

  return (
    <Direction.Provider dir={i18n.dir()}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
        <Toaster />
      </QueryClientProvider>
    </Direction.Provider>
  );
}
