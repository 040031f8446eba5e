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

const NONE: readonly ShowCard[] = [];

/** The shows on air that this person may moderate, as the lobby lists them; none as long as they are not known. */
export function useMyShows(): readonly ShowCard[] {
  return useMyLiveShows().shows ?? NONE;
}

/** The same with what became of the asking: `shows` is undefined until they are known. */
export function useMyLiveShows(): {
  shows: readonly ShowCard[] | undefined;
  error: Error | null;
  retry(): void;
} {
  const session = useSession();
  const live = useQuery({
    queryKey: ['shows', 'live'],
    queryFn: ({ signal }) => api.call('show:list', { query: { scope: 'live' } }, { signal }),
    refetchInterval: REFRESH_MS,
  });
  const all = live.data?.shows;
  const grants = session?.grants;
  const shows = useMemo(
    () =>
      all
        ?.filter(({ id, merchantId }) =>
          isStaff(rolesAt(grants ?? [], { kind: 'show', showId: id, merchantId })),
        )
        // A show that begins comes last: the keys of the others stay what they are.
        .sort((a, b) => (a.liveSince ?? 0) - (b.liveSince ?? 0)),
    [all, grants],
  );
  const { failureReason, refetch } = live;
  // Told at the first failure, while further attempts go on.
  return { shows, error: failureReason, retry: () => void refetch() };
}

/** Follows the shows of this person while the page is open, the one in sight first if there is one. */
export function useFollowedShows(currentId: ShowId | undefined, mine: readonly ShowCard[]): FollowedShows {
  const followed = useMemo(() => createFollowedShows(hub), []);
  useEffect(() => {
    const others = mine.map(({ id }) => id).filter((id) => id !== currentId);
    followed.follow([...(currentId === undefined ? [] : [currentId]), ...others].slice(0, MOST_FOLLOWED));
  }, [followed, currentId, mine]);
  useEffect(() => () => followed.follow([]), [followed]);
  return followed;
}
