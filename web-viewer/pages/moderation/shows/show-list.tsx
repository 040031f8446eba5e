import type { ShowCard } from '@souk/protocol/http/shows';
import type { ShowId } from '@souk/protocol/ids';
import { clsx } from 'clsx';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useStore } from 'zustand';
import { KeyHint } from '../../staff/key-hint.tsx';
import type { FollowedShows } from './followed-shows.ts';
import { ShowCounts } from './show-counts.tsx';

/** Shows that a digit leads to. */
export const SHOW_KEYS = 9;

export interface ShowListProps {
  shows: readonly ShowCard[];
  followed: FollowedShows;
  currentId: ShowId;
  className?: string;
}

/** The shows on air that this person may moderate, each with what waits there. */
export function ShowList({ shows, followed, currentId, className }: ShowListProps) {
  const { t } = useTranslation();
  return (
    <nav
      aria-label={t('moderation.shows')}
      className={clsx('flex min-h-0 flex-col gap-1', shows.length === 1 && 'max-lg:hidden', className)}
    >
      <h2 className="text-sm font-semibold max-lg:sr-only">{t('moderation.shows')}</h2>
      {shows.length === 0 && <p className="text-sm text-text-muted">{t('moderation.noShows')}</p>}
      <ul className="flex gap-1 max-lg:overflow-x-auto lg:flex-col">
        {shows.map((show, index) => (
          <li key={show.id} className="max-lg:max-w-60 max-lg:shrink-0">
            <ShowLink show={show} place={index + 1} followed={followed} isCurrent={show.id === currentId} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface ShowLinkProps {
  show: ShowCard;
  place: number;
  followed: FollowedShows;
  isCurrent: boolean;
}

function ShowLink({ show, place, followed, isCurrent }: ShowLinkProps) {
  const own = useStore(followed.store, (state) => state.shows.get(show.id));
  const seen = useStore(followed.store, (state) => state.seen[show.id]);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isCurrent) link.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isCurrent]);
  return (
    <Link
      ref={link}
      to={`/moderate/${show.id}`}
      data-testid="console-show"
      aria-current={isCurrent ? 'page' : undefined}
      className="flex min-h-11 items-center gap-2 rounded-small px-2 py-1 hover:bg-surface-hover aria-[current=page]:bg-accent-soft max-lg:border max-lg:border-line"
    >
      {place <= SHOW_KEYS && <KeyHint>{String(place)}</KeyHint>}
      <span className="flex min-w-0 flex-1 flex-col items-start">
        <span dir="auto" className="max-w-full truncate text-sm font-medium">
          {show.title}
        </span>
        <span className="flex max-w-full items-center gap-2 text-xs">
          <bdi className="truncate text-text-muted">{show.hostName}</bdi>
          {own !== undefined && <ShowCounts show={own} seen={isCurrent ? undefined : (seen ?? 0)} />}
        </span>
      </span>
    </Link>
  );
}
