import type { ShowCard } from '@souk/protocol/http/shows';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { LiveBadge } from '../../ui/live-badge.tsx';

/** A show on air as a window into it: picture, badge, and who sells. */
export function ShowTile({ show }: { show: ShowCard }) {
  const { t } = useTranslation();
  return (
    <Link
      to={`/watch/${show.id}`}
      data-testid="show-card"
      data-show-id={show.id}
      className="group relative block aspect-3/4 overflow-hidden rounded-large bg-stage text-on-stage"
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
        <span className="line-clamp-2 leading-snug font-semibold text-balance text-base sm:text-lg">
          {show.title}
        </span>
        <span className="truncate text-sm text-on-stage-muted">
          {show.merchantName} · {t('lobby.hostedBy', { host: show.hostName })}
        </span>
      </span>
    </Link>
  );
}
