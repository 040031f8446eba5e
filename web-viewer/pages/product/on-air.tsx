import type { ProductPage } from '@souk/protocol/http/catalog';
import { Radio } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '../../ui/button.tsx';
import { LiveBadge } from '../../ui/live-badge.tsx';

/** The way to buy it: the shows that have it right now. */
export function OnAir({ shows }: { shows: ProductPage['liveShows'] }) {
  const { t } = useTranslation();
  if (shows.length === 0) {
    return (
      <p className="flex items-center gap-3 rounded-small bg-surface-sunken px-4 py-3 text-sm text-text-muted">
        <Radio aria-hidden className="size-5 shrink-0" />
        {t('store.notOnAir')}
      </p>
    );
  }
  return (
    <section
      aria-label={t('store.onAir')}
      className="flex flex-col gap-3 rounded-large border border-line bg-surface-raised p-4"
    >
      {shows.map((show, index) => (
        <div key={show.id} className="flex flex-wrap items-center justify-between gap-3">
          <p className="flex min-w-0 flex-1 basis-48 items-center gap-2.5">
            <LiveBadge />
            <span className="line-clamp-2 font-medium break-words">{show.title}</span>
          </p>
          <Button
            asChild
            variant={index === 0 ? 'accent' : 'outline'}
            size={index === 0 ? 'large' : 'medium'}
          >
            <Link to={`/watch/${show.id}`} data-testid="watch-live">
              {t('store.watchAndBuy')}
            </Link>
          </Button>
        </div>
      ))}
    </section>
  );
}
