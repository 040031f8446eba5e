import type { ReviewHook } from '@souk/protocol/http/community';
import type { MerchantId } from '@souk/protocol/ids';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../api/session.ts';

interface HookChange {
  readonly hook: ReviewHook;
  readonly isNewSecretWanted: boolean;
}

/** The review hook of a shop, and what can be done with it. A new secret is known until the page is left. */
export function useReviewHook(merchantId: MerchantId) {
  const client = useQueryClient();
  const params = { merchantId };
  const queryKey = ['review-hook', merchantId];
  const present = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.call('review-hook:get', { params }, { signal }),
  });
  const saving = useMutation({
    mutationFn: (body: HookChange) => api.call('review-hook:set', { params, body }),
    onSuccess: ({ hook }) => client.setQueryData(queryKey, { hook }),
  });
  const removing = useMutation({
    mutationFn: () => api.call('review-hook:remove', { params }),
    onSuccess: () => {
      saving.reset();
      client.setQueryData(queryKey, { hook: null });
    },
  });
  const trying = useMutation({
    mutationFn: (text: string) => api.call('review-hook:try', { params, body: { text } }),
  });
  return { present, saving, removing, trying, secret: saving.data?.secret ?? null };
}

export type ReviewHookState = ReturnType<typeof useReviewHook>;
