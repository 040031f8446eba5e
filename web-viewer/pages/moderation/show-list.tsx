import type { ShowId } from '@souk/protocol/ids';
import { rolesAt } from '@souk/protocol/roles';
import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, useSession } from '../../api/session.ts';

const REFRESH_MS = 15_000;

export interface ShowListProps {
  currentId: ShowId;
  className?: string;
}

/** The shows on air that this person may moderate. */
export function ShowList({ currentId, className }: ShowListProps) {
  const { t } = useTranslation();
  const session = useSession();
  const live = useQuery({
    queryKey: ['shows', 'live'],
    queryFn: ({ signal }) => api.call('show:list', { query: { scope: 'live' } }, { signal }),
    refetchInterval: REFRESH_MS,
  });
  const mine = (live.data?.shows ?? []).filter(({ id, merchantId }) => {
    const roles = rolesAt(session?.grants ?? [], { kind: 'show', showId: id, merchantId });
    return (['moderator', 'host', 'merchant', 'admin'] as const).some((role) => roles.has(role));
  });
  return (
    <nav
      aria-label={t('moderation.shows')}
      className={clsx(
        'flex min-h-0 flex-col gap-2 overflow-y-auto rounded-large border border-line bg-surface-raised p-3',
        className,
      )}
    >
      <h2 className="text-sm font-semibold">{t('moderation.shows')}</h2>
      {mine.length === 0 && <p className="text-sm text-text-muted">{t('moderation.noShows')}</p>}
      <ul className="flex flex-col gap-1">
        {mine.map((show) => (
          <li key={show.id}>
            <Link
              to={`/moderate/${show.id}`}
              aria-current={show.id === currentId ? 'page' : undefined}
              className="flex min-h-11 flex-col justify-center rounded-small px-2 py-1 hover:bg-surface-hover aria-[current=page]:bg-accent-soft"
            >
              <span className="truncate text-sm font-medium">{show.title}</span>
              <span className="truncate text-xs text-text-muted">{show.hostName}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
