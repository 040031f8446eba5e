import { type ShowId, showIdSchema } from '@souk/protocol/ids';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useParams } from 'react-router';
import { useStore } from 'zustand';
import { ignoreRefusal } from '../../api/api-error.ts';
import { useFeed, useShowFeed } from '../../api/hub.ts';
import { refreshSession } from '../../api/session.ts';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { LoadFault } from '../../ui/load-fault.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { Deeds } from '../staff/acts/deeds.ts';
import { useDeeds } from '../staff/acts/use-deeds.ts';
import { StaffGate } from '../staff/staff-gate.tsx';
import { useShowView } from '../staff/use-show-view.ts';
import { Console } from './console.tsx';
import { NotModerator } from './not-moderator.tsx';
import { useFollowedShows, useMyShows } from './shows/use-followed-shows.ts';

const staff = ['moderator', 'host', 'merchant', 'admin'];

/** Where the moderators of one show or of many keep order. */
export function ModerationPage() {
  const showId = showIdSchema.safeParse(useParams()['showId']);
  // What was done can be taken back from another show, too.
  const deeds = useDeeds();
  if (!showId.success) return <NotFoundPage code="SHOW_NOT_FOUND" />;
  return (
    <StaffGate roles={['viewer', 'moderator', 'host', 'merchant', 'admin']}>
      <ShowConsole showId={showId.data} deeds={deeds} />
    </StaffGate>
  );
}

function ShowConsole({ showId, deeds }: { showId: ShowId; deeds: Deeds }) {
  const view = useShowView(showId);
  const isStaff = view.data?.myRoles.some((role) => staff.includes(role));
  const shows = useMyShows();
  const followed = useFollowedShows(showId, shows);
  const show = useStore(followed.store, (state) => state.shows.get(showId));
  useRoleChange(showId, isStaff);
  // Said at the first failure: the attempts after it go on by themselves.
  if (view.data === undefined && view.failureReason !== null) {
    return <LoadFault error={view.failureReason} className="m-6" onRetry={() => void view.refetch()} />;
  }
  if (view.data === undefined || show === undefined) return <ConsoleSkeleton />;
  if (isStaff !== true) return <NotModerator showId={showId} />;
  return (
    <Console key={showId} view={view.data} show={show} shows={shows} followed={followed} deeds={deeds} />
  );
}

function ConsoleSkeleton() {
  return (
    <div className="grid h-dvh gap-3 p-3 pt-17 lg:grid-cols-[14rem_minmax(0,1fr)_23rem]">
      <Skeleton className="rounded-large max-lg:hidden" />
      <Skeleton className="rounded-large" />
      <Skeleton className="rounded-large max-lg:hidden" />
    </div>
  );
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
