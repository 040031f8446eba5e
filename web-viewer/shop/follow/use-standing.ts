import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import type { MerchantId } from '@souk/protocol/ids';
import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, refreshSession, renewSession, useSession } from '../../api/session.ts';
import type { ShowFeed } from '../../api/show-feed.ts';

type Standing = HttpResponse<'merchant:standing'>;

const standingKey = (merchantId: MerchantId | undefined, userId: string | undefined) =>
  ['standing', merchantId, userId] as const;

/** How this person stands to a shop: a follower, a buyer; and how many follow it. Undefined until it is known. */
export function useStanding(merchantId: MerchantId | undefined): Standing | undefined {
  const userId = useSession()?.userId;
  const { data } = useQuery({
    queryKey: standingKey(merchantId, userId),
    enabled: merchantId !== undefined && userId !== undefined,
    queryFn: ({ signal }) =>
      merchantId === undefined
        ? Promise.reject(new Error('No shop is known yet.'))
        : api.call('merchant:standing', { params: { merchantId } }, { signal }),
  });
  return data;
}

const followKey = ['follow'] as const;

/** True while the server does not know yet what this person has just chosen. */
export function useIsFollowUnderWay(): boolean {
  return useIsMutating({ mutationKey: followKey }) > 0;
}

/** Follows a shop, or no more; shown at once, and taken back when the server refuses. */
export function useFollow(merchantId: MerchantId) {
  const client = useQueryClient();
  const userId = useSession()?.userId;
  const queryKey = standingKey(merchantId, userId);
  return useMutation({
    mutationKey: followKey,
    mutationFn: async (isFollowing: boolean) => {
      await api.call(isFollowing ? 'merchant:follow' : 'merchant:unfollow', { params: { merchantId } });
      // The token tells the chat who follows.
      await refreshSession();
    },
    onMutate: (isFollowing) => {
      const before = client.getQueryData<Standing>(queryKey);
      if (before === undefined || before.isFollowing === isFollowing) return { before };
      const followers = Math.max(0, before.followers + (isFollowing ? 1 : -1));
      client.setQueryData<Standing>(queryKey, { ...before, isFollowing, followers });
      return { before };
    },
    onError: (_error, _wish, context) => client.setQueryData(queryKey, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}

/** Whoever has paid an order is a buyer from then on: the standing and the token are renewed. Once a page. */
export function useBuyerNews(feed: ShowFeed): void {
  const client = useQueryClient();
  useEffect(
    () =>
      feed.onEntry((entry) => {
        if (entry.type !== 'order:changed' || entry.data.status !== 'paid') return;
        renewSession();
        void client.invalidateQueries({ queryKey: ['standing'] });
      }),
    [client, feed],
  );
}
