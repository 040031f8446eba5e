import type { ShowCard } from '@souk/protocol/http/shows';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { LiveBadge } from '../../ui/live-badge.tsx';

/** A show on air as a window into it: picture, badge, and who sells. */
export function ShowTile({ show, featured }: { show: ShowCard; featured: boolean }) {
  const { t } = useTranslation();
  return (
    <Link
      to={`/watch/${show.id}`}
      data-testid="show-card"
      data-show-id={show.id}
      className={clsx(
        'group relative block overflow-hidden rounded-large bg-stage text-on-stage',
        featured ? 'aspect-4/5 sm:aspect-auto sm:h-full' : 'aspect-3/4',
      )}
    >
      {show.coverUrl !== null && (
        <img
          src={show.coverUrl}
          alt=""
          className="absolute inset-0 size-full object-cover transition-[scale] duration-(--motion-calm) ease-out group-hover:scale-[1.03]"
        />
      )}
      <span className="absolute start-3 top-3">
        <LiveBadge />
      </span>
      <span className="absolute inset-x-0 bottom-0 flex flex-col gap-0.5 bg-linear-to-t from-stage/95 via-stage/65 to-transparent px-4 pt-16 pb-4">
        <span
          className={clsx(
            'line-clamp-2 leading-snug font-semibold text-balance',
            featured ? 'text-xl sm:text-2xl' : 'text-base sm:text-lg',
          )}
        >
          {show.title}
        </span>
        <span className="truncate text-sm text-on-stage-muted">
          {show.merchantName} · {t('lobby.hostedBy', { host: show.hostName })}
        </span>
      </span>
    </Link>
  );
}
