import type { ShowId } from '@souk/protocol/ids';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../api/session.ts';

/** The stream key of a show, and what can be done with it. The secret is known from its making until the page is left. */
export function useStreamKey(showId: ShowId) {
  const client = useQueryClient();
  const queryKey = ['stream-key', showId];
  const present = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.call('stream-key:get', { params: { showId } }, { signal }),
  });
  const rotating = useMutation({
    mutationFn: () => api.call('stream-key:rotate', { params: { showId } }),
    onSuccess: ({ server, key }) => client.setQueryData(queryKey, { server, key }),
  });
  const revoking = useMutation({
    mutationFn: () => api.call('stream-key:revoke', { params: { showId } }),
    onSuccess: () => {
      rotating.reset();
      return client.invalidateQueries({ queryKey });
    },
  });
  return { present, rotating, revoking, secret: rotating.data?.secret };
}
