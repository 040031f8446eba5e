import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/session.ts';

const LOOK_MS = 5_000;

/** The shows on air, looked at again every few seconds. */
export function useLiveShows() {
  return useQuery({
    queryKey: ['shows', 'live'],
    queryFn: ({ signal }) => api.call('show:list', { query: { scope: 'live' } }, { signal }),
    refetchInterval: LOOK_MS,
  });
}
