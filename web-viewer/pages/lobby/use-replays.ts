import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/session.ts';

/** Recordings become ready, and end, seldom. */
const FRESH_MS = 60_000;

/** The shows that can be watched again, the last that ended first. */
export function useReplays() {
  return useQuery({
    queryKey: ['shows', 'replays'],
    queryFn: ({ signal }) => api.call('show:list', { query: { scope: 'replays' } }, { signal }),
    staleTime: FRESH_MS,
  });
}
