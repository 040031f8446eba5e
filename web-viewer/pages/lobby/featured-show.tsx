import type { ShowCard } from '@souk/protocol/http/shows';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../i18n/use-format.ts';
import { LiveBadge } from '../../ui/live-badge.tsx';

/** The first show on air: a window on a phone, a wide card beside its picture on larger screens. */
export function FeaturedShow({ show }: { show: ShowCard }) {
  const { t } = useTranslation();
  const { timeOfDay } = useFormat();
  return (
    <Link
      to={`/watch/${show.id}`}
      data-testid="show-card"
      data-show-id={show.id}
      className="group relative grid aspect-4/5 overflow-hidden rounded-large bg-stage text-on-stage sm:aspect-auto sm:grid-cols-2"
    >
      {show.coverUrl !== null && (
        <img
          src={show.coverUrl}
          alt=""
          className="absolute inset-0 size-full scale-125 object-cover opacity-45 blur-3xl max-sm:hidden"
        />
      )}
      <span className="absolute inset-0 overflow-hidden sm:relative sm:aspect-5/4">
        {show.coverUrl !== null && (
          <img
            src={show.coverUrl}
            alt=""
            className="absolute inset-0 size-full object-cover transition-[scale] duration-(--motion-calm) ease-out group-hover:scale-[1.03]"
          />
        )}
      </span>
      <span className="relative flex flex-col items-start gap-2 self-end bg-linear-to-t from-stage/95 via-stage/65 to-transparent px-4 pt-24 pb-5 sm:self-center sm:bg-none sm:p-10">
        <LiveBadge />
        <span className="text-xl font-bold text-balance sm:text-3xl">{show.title}</span>
        <span className="text-on-stage-muted">
          {show.merchantName} · {t('lobby.hostedBy', { host: show.hostName })}
        </span>
        {show.liveSince !== null && (
          <span className="text-sm text-on-stage-muted max-sm:hidden">
            {t('lobby.liveSince', { time: timeOfDay(show.liveSince) })}
          </span>
        )}
        <span className="mt-2 inline-flex min-h-12 items-center rounded-small bg-accent px-6 font-semibold text-on-accent transition-colors group-hover:bg-accent-hover sm:mt-4">
          {t('lobby.watch')}
        </span>
      </span>
    </Link>
  );
}
