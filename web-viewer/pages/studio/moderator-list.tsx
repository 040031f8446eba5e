import { type ShowId, type UserId, userIdSchema } from '@souk/protocol/ids';
import { useMutation } from '@tanstack/react-query';
import { UserMinus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import { api } from '../../api/session.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';

export interface ModeratorListProps {
  feed: ShowFeed;
  showId: ShowId;
}

/** Who moderates this show, and the way to take the role back. It ends with the show by itself. */
export function ModeratorList({ feed, showId }: ModeratorListProps) {
  const { t } = useTranslation();
  const moderators = useFeed(feed, (state) => state.show.moderators);
  const removing = useMutation({
    mutationFn: (userId: UserId) => api.call('moderator:remove', { params: { showId, userId } }),
  });
  const list = Object.entries(moderators).map(([userId, name]) => ({
    userId: userIdSchema.parse(userId),
    name,
  }));
  if (list.length === 0) return null;
  return (
    <section aria-labelledby="moderators" className="flex flex-col gap-1 border-t border-line pt-3">
      <h3 id="moderators" className="text-sm font-semibold">
        {t('studio.moderators')}
      </h3>
      <ul>
        {list.map(({ userId, name }) => (
          <li key={userId} data-testid="moderator" className="flex min-h-11 items-center gap-2 text-sm">
            <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
            <Button
              size="small"
              variant="ghost"
              data-testid="remove-moderator"
              busy={removing.isPending && removing.variables === userId}
              onClick={() => removing.mutate(userId)}
            >
              <UserMinus aria-hidden className="size-4" />
              {t('common.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <ErrorMessage error={removing.error} />
    </section>
  );
}
