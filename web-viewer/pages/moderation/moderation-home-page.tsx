import type { ShowCard } from '@souk/protocol/http/shows';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight, ShieldHalf } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useStore } from 'zustand';
import { refreshSession } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LiveBadge } from '../../ui/live-badge.tsx';
import { LoadFault } from '../../ui/load-fault.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StaffGate } from '../staff/staff-gate.tsx';
import { useTitle } from '../staff/use-title.ts';
import type { FollowedShows } from './shows/followed-shows.ts';
import { ShowCounts } from './shows/show-counts.tsx';
import { useFollowedShows, useMyLiveShows } from './shows/use-followed-shows.ts';

const LOOK_MS = 20_000;
const NONE: readonly ShowCard[] = [];

/** The door of moderators: the shows on air that they may moderate, and what waits in each. */
export function ModerationHomePage() {
  const { t } = useTranslation();
  useTitle(t('moderation.title'));
  return (
    <StaffGate roles={['viewer', 'moderator', 'host', 'merchant', 'admin']}>
      <header className="mb-6 flex flex-col gap-1">
        <h1 className="text-2xl font-semibold">{t('moderation.title')}</h1>
        <p className="text-text-muted">{t('moderation.homeText')}</p>
      </header>
      <MyShows />
    </StaffGate>
  );
}

function MyShows() {
  const { t } = useTranslation();
  useInvitations();
  const { shows, error, retry } = useMyLiveShows();
  const followed = useFollowedShows(undefined, shows ?? NONE);
  if (shows === undefined) {
    return error === null ? (
      <Skeleton className="h-40 rounded-large" />
    ) : (
      <LoadFault error={error} onRetry={retry} />
    );
  }
  if (shows.length === 0) {
    return (
      <EmptyState
        icon={<ShieldHalf />}
        title={t('moderation.noShows')}
        text={t('moderation.noShowsText')}
        action={
          <Button asChild variant="outline">
            <Link to="/">{t('common.toLobby')}</Link>
          </Button>
        }
      />
    );
  }
  return (
    <ul
      aria-label={t('moderation.shows')}
      className="divide-y divide-line overflow-hidden rounded-large border border-line bg-surface-raised"
    >
      {shows.map((show) => (
        <li key={show.id}>
          <ShowRow show={show} followed={followed} />
        </li>
      ))}
    </ul>
  );
}

function ShowRow({ show, followed }: { show: ShowCard; followed: FollowedShows }) {
  const own = useStore(followed.store, (state) => state.shows.get(show.id));
  return (
    <Link
      to={`/moderate/${show.id}`}
      data-testid="moderated-show"
      className="flex min-h-16 items-center gap-3 px-4 py-3 transition-colors hover:bg-surface-hover"
    >
      <LiveBadge />
      <span className="flex min-w-0 flex-1 flex-col">
        <bdi className="line-clamp-2 font-medium">{show.title}</bdi>
        <span className="flex min-w-0 items-center gap-2 text-sm text-text-muted">
          <bdi className="truncate">
            {show.hostName} · {show.merchantName}
          </bdi>
          {own !== undefined && <ShowCounts show={own} seen={undefined} />}
        </span>
      </span>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-text-muted rtl:-scale-x-100" />
    </Link>
  );
}

/** An invitation counts from the next token on; whoever waits here for one is let in soon. */
function useInvitations(): void {
  useQuery({
    queryKey: ['own-grants'],
    queryFn: async () => (await refreshSession()).grants,
    refetchInterval: LOOK_MS,
    staleTime: 0,
  });
}
