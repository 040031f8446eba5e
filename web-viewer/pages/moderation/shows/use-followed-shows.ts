import type { ShowCard } from '@souk/protocol/http/shows';
import type { ShowId } from '@souk/protocol/ids';
import { isStaff, rolesAt } from '@souk/protocol/roles';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { hub } from '../../../api/hub.ts';
import { api, useSession } from '../../../api/session.ts';
import { createFollowedShows, type FollowedShows } from './followed-shows.ts';

const REFRESH_MS = 10_000;
/** More shows are listed, but not followed: somebody with that many moderates by turns. */
const MOST_FOLLOWED = 20;

/** The shows on air that this person may moderate, as the lobby lists them. */
export function useMyShows(): readonly ShowCard[] {
  const session = useSession();
  const live = useQuery({
    queryKey: ['shows', 'live'],
    queryFn: ({ signal }) => api.call('show:list', { query: { scope: 'live' } }, { signal }),
    refetchInterval: REFRESH_MS,
  });
  const shows = live.data?.shows;
  const grants = session?.grants;
  return useMemo(
    () =>
      (shows ?? [])
        .filter(({ id, merchantId }) =>
          isStaff(rolesAt(grants ?? [], { kind: 'show', showId: id, merchantId })),
        )
        // A show that begins comes last: the keys of the others stay what they are.
        .sort((a, b) => (a.liveSince ?? 0) - (b.liveSince ?? 0)),
    [shows, grants],
  );
}

/** Follows the shows of this person while the console is open, the one in sight first. */
export function useFollowedShows(currentId: ShowId, mine: readonly ShowCard[]): FollowedShows {
  const followed = useMemo(() => createFollowedShows(hub), []);
  useEffect(() => {
    const others = mine.map(({ id }) => id).filter((id) => id !== currentId);
    followed.follow([currentId, ...others].slice(0, MOST_FOLLOWED));
  }, [followed, currentId, mine]);
  useEffect(() => () => followed.follow([]), [followed]);
  return followed;
}
