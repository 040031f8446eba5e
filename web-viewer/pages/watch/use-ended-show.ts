import type { ShowId } from '@souk/protocol/ids';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/session.ts';

const LOOK_AGAIN_MS = 4_000;

/** A show that is over, asked for again while its replay is being prepared. */
export function useEndedShow(showId: ShowId) {
  return useQuery({
    queryKey: ['show', showId],
    queryFn: ({ signal }) => api.call('show:get', { params: { showId } }, { signal }),
    refetchOnMount: 'always',
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && (data.show.status !== 'ended' || data.replayStatus === 'preparing')
        ? LOOK_AGAIN_MS
        : false,
  });
}
