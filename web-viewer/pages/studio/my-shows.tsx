import type { ShowCard } from '@souk/protocol/http/shows';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/session.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Badge } from '../../ui/badge.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { LiveBadge } from '../../ui/live-badge.tsx';

/** All shows of the host, newest first; the one on air is one press away after a closed page. */
export function MyShows() {
  const { t } = useTranslation();
  const shows = useQuery({
    queryKey: ['shows', 'mine'],
    queryFn: ({ signal }) => api.call('show:list', { query: { scope: 'mine' } }, { signal }),
    refetchOnMount: 'always',
  });
  const list = shows.data?.shows ?? [];
  if (list.length === 0 && !shows.isError) return null;
  return (
    <section aria-labelledby="my-shows" className="flex flex-col gap-3">
      <h2 id="my-shows" className="text-lg font-semibold">
        {t('studio.myShows')}
      </h2>
      <ErrorMessage error={shows.error} />
      <ul className="divide-y divide-line overflow-hidden rounded-large border border-line bg-surface-raised">
        {list.map((show) => (
          <li key={show.id}>
            <ShowRow show={show} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ShowRow({ show }: { show: ShowCard }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  return (
    <Link
      to={`/studio/${show.id}`}
      className="flex min-h-14 items-center gap-3 px-4 py-2 transition-colors hover:bg-surface-hover"
    >
      {show.status === 'live' ? <LiveBadge /> : <Badge>{t(`studio.status.${show.status}`)}</Badge>}
      <span className="min-w-0 flex-1 truncate font-medium">{show.title}</span>
      <span className="hidden text-sm text-text-muted sm:inline">
        {date(show.endedAt ?? show.liveSince ?? show.createdAt)}
      </span>
      <ChevronRight aria-hidden className="size-4 text-text-muted rtl:-scale-x-100" />
    </Link>
  );
}
