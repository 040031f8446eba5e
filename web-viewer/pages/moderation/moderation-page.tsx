import { type ShowId, showIdSchema } from '@souk/protocol/ids';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useParams } from 'react-router';
import { ignoreRefusal } from '../../api/api-error.ts';
import { useFeed, useShowFeed } from '../../api/hub.ts';
import { refreshSession } from '../../api/session.ts';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StaffGate } from '../staff/staff-gate.tsx';
import { useShowView } from '../staff/use-show-view.ts';
import { Console } from './console.tsx';
import { NotModerator } from './not-moderator.tsx';

const staff = ['moderator', 'host', 'merchant', 'admin'];

/** Where a show's moderators keep order. */
export function ModerationPage() {
  const showId = showIdSchema.safeParse(useParams()['showId']);
  if (!showId.success) return <NotFoundPage code="SHOW_NOT_FOUND" />;
  return (
    <StaffGate roles={['viewer', 'moderator', 'host', 'merchant', 'admin']}>
      <ShowConsole key={showId.data} showId={showId.data} />
    </StaffGate>
  );
}

function ShowConsole({ showId }: { showId: ShowId }) {
  const view = useShowView(showId);
  const isStaff = view.data?.myRoles.some((role) => staff.includes(role));
  useRoleChange(showId, isStaff);
  if (view.isError && view.data === undefined) return <ErrorMessage error={view.error} className="m-6" />;
  if (view.data === undefined) return <Skeleton className="m-4 h-[calc(100dvh-2rem)] rounded-large" />;
  return isStaff === true ? <Console show={view.data.show} /> : <NotModerator showId={showId} />;
}

/** Looks again when the show tells of another role than the page knows: who is invited is let in, who is removed leaves. */
function useRoleChange(showId: ShowId, isStaff: boolean | undefined): void {
  const client = useQueryClient();
  const feed = useShowFeed(showId);
  const heard = useFeed(feed, ({ status, isStaff: told }) =>
    status.kind === 'following' ? told : undefined,
  );
  const isNews = heard !== undefined && isStaff !== undefined && heard !== isStaff;
  useEffect(() => {
    if (!isNews) return;
    // The roles of the page's own commands are those of its token. A token that does not come now comes later.
    refreshSession()
      .catch(ignoreRefusal)
      .then(() => client.invalidateQueries({ queryKey: ['show', showId] }));
  }, [client, showId, isNews]);
}
