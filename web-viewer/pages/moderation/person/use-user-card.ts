import type { UserCard } from '@souk/protocol/http/moderation';
import type { ShowId, UserId } from '@souk/protocol/ids';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/session.ts';
import { useSettled } from '../../staff/use-settled.ts';

/**
 * What the staff may know of a person. It is asked for once the choice has settled, and anew when `version` says
 * that something was done to the person.
 */
export function useUserCard(showId: ShowId, userId: UserId, version: string) {
  const isSettled = useSettled(userId) === userId;
  return useQuery<UserCard>({
    queryKey: ['user-card', showId, userId, version],
    queryFn: ({ signal }) => api.call('user:card', { params: { showId, userId } }, { signal }),
    enabled: isSettled,
    retry: false,
    staleTime: 5_000,
    placeholderData: (before) => (before?.userId === userId ? before : undefined),
  });
}

export type UserCardQuery = ReturnType<typeof useUserCard>;
