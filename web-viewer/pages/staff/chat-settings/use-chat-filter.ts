import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import type { ShowId } from '@souk/protocol/ids';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../api/session.ts';

export type ShowFilter = HttpResponse<'chat-filter:get'>;
type FilterChange = Pick<ShowFilter, 'words' | 'onMatch' | 'review'>;

/** The rules that only the staff of a show knows, and the way to change them. */
export function useChatFilter(showId: ShowId) {
  const client = useQueryClient();
  const queryKey = ['chat-filter', showId];
  const present = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.call('chat-filter:get', { params: { showId } }, { signal }),
    refetchOnMount: 'always',
  });
  const saving = useMutation({
    mutationFn: ({ words, onMatch, review }: FilterChange) =>
      api.call('chat-filter:set', { params: { showId }, body: { words, onMatch, review } }),
    onSuccess: (_, change) => {
      client.setQueryData<ShowFilter>(queryKey, (old) => (old === undefined ? old : { ...old, ...change }));
      return client.invalidateQueries({ queryKey });
    },
  });
  return { present, saving };
}
