import type { ShowId } from '@souk/protocol/ids';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/session.ts';

const LIVE_REFRESH_MS = 4_000;
/** Payments that were under way when the show ended still arrive for a while. */
const ENDED_REFRESH_MS = 15_000;

/** What the show has brought so far; looked at again now and then. */
export function useSummary(showId: ShowId, phase: 'draft' | 'live' | 'ended') {
  return useQuery({
    queryKey: ['summary', showId],
    queryFn: ({ signal }) => api.call('show:summary', { params: { showId } }, { signal }),
    enabled: phase !== 'draft',
    staleTime: 0,
    refetchInterval: phase === 'live' ? LIVE_REFRESH_MS : ENDED_REFRESH_MS,
  });
}
