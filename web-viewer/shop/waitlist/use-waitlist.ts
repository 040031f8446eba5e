import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import type { WaitlistEntry } from '@souk/protocol/http/sales';
import type { ShowId } from '@souk/protocol/ids';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api, useSession } from '../../api/session.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { showToast } from '../../ui/toast.tsx';
import { useServerNowAt } from '../../ui/use-server-now.ts';
import { holdsKey } from '../cart/use-holds.ts';
import { isWaitlistNews, takeNews } from './waitlist-news.ts';

export const waitlistKey = ['waitlist'] as const;
/** Places move up without an entry of their own. */
const LOOK_MS = 4_000;

/** Where this person waits in a show, and what is offered. An offer that has run out is not among them. */
export function useWaitlist(showId: ShowId): readonly WaitlistEntry[] {
  const session = useSession();
  const { data } = useQuery({
    queryKey: waitlistKey,
    enabled: session !== undefined,
    queryFn: ({ signal }) => api.call('waitlist:list', {}, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.entries.some(({ status }) => status === 'waiting') === true ? LOOK_MS : false,
  });
  const entries = (data?.entries ?? []).filter((entry) => entry.showId === showId);
  const now = useServerNowAt(entries.flatMap(({ offer }) => (offer === null ? [] : [offer.expiresAt])));
  return entries.filter(({ offer }) => offer === null || offer.expiresAt > now);
}

/** Keeps the waitlist true by the show's entries; once a page. */
export function useWaitlistNews(feed: ShowFeed, showId: ShowId): void {
  const client = useQueryClient();
  const { t } = useTranslation();
  useEffect(
    () =>
      feed.onEntry((entry) => {
        if (!isWaitlistNews(entry)) return;
        client.setQueryData<HttpResponse<'waitlist:list'>>(
          waitlistKey,
          (known) => known && { ...known, entries: takeNews(known.entries, showId, entry) },
        );
        void client.invalidateQueries({ queryKey: waitlistKey });
        // The unit that is offered is a hold in the cart.
        void client.invalidateQueries({ queryKey: holdsKey });
        if (entry.type === 'waitlist:ended' && entry.data.status === 'sale-ended') {
          showToast(t('shop.waitEnded'));
        }
      }),
    [client, feed, showId, t],
  );
}
