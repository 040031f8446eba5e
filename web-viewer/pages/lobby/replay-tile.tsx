import type { ShowCard } from '@souk/protocol/http/shows';
import { Play } from 'lucide-react';
import { Link } from 'react-router';
import { formatRemaining } from '../../i18n/formats.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Badge } from '../../ui/badge.tsx';

/** A show that can be watched again: picture, how long it was, and when. */
export function ReplayTile({ show }: { show: ShowCard }) {
  const { date } = useFormat();
  const { liveSince, endedAt } = show;
  return (
    <Link to={`/watch/${show.id}`} data-testid="replay-card" data-show-id={show.id} className="group block">
      <span className="relative block aspect-16/10 overflow-hidden rounded-large bg-stage text-on-stage">
        {show.coverUrl !== null && (
          <img
            src={show.coverUrl}
            alt=""
            loading="lazy"
            className="absolute inset-0 size-full object-cover transition-[scale] duration-(--motion-calm) ease-out group-hover:scale-[1.03]"
          />
        )}
        <span className="absolute inset-0 grid place-items-center">
          <span className="glass grid size-12 place-items-center rounded-full">
            <Play aria-hidden className="size-5 fill-current" />
          </span>
        </span>
        {liveSince !== null && endedAt !== null && (
          <Badge tone="glass" className="absolute end-2 bottom-2 tabular-nums">
            {formatRemaining(endedAt - liveSince)}
          </Badge>
        )}
      </span>
      <span className="mt-2 line-clamp-2 font-semibold text-balance">{show.title}</span>
      <span className="block truncate text-sm text-text-muted">{show.merchantName}</span>
      {liveSince !== null && <span className="block text-sm text-text-muted">{date(liveSince)}</span>}
    </Link>
  );
}
