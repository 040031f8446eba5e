import { Flag, Hourglass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFeed } from '../../../api/hub.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { Badge } from '../../../ui/badge.tsx';
import type { FollowedShow } from './followed-shows.ts';

/** Held messages, reports, and how much was said since the show was in sight; that not, without `seen`. */
export function ShowCounts({ show, seen }: { show: FollowedShow; seen: number | undefined }) {
  const { t } = useTranslation();
  const { compactCount } = useFormat();
  const held = useFeed(show.feed, (state) => state.show.held.length);
  const reports = useFeed(show.feed, (state) => Object.keys(state.show.reports).length);
  const total = useStore(show.log.store, (state) => state.total);
  const news = seen === undefined ? 0 : total - seen;
  return (
    <span className="figures flex shrink-0 items-center gap-2">
      {held + reports > 0 && (
        <Badge tone="danger" className="h-4.5 gap-1 px-1.5" data-testid="show-waits">
          {held > 0 && (
            <span className="inline-flex items-center gap-0.5" title={t('moderation.held')}>
              <Hourglass role="img" aria-label={t('moderation.held')} className="size-3" />
              {compactCount(held)}
            </span>
          )}
          {reports > 0 && (
            <span className="inline-flex items-center gap-0.5" title={t('moderation.reports')}>
              <Flag role="img" aria-label={t('moderation.reports')} className="size-3" />
              {compactCount(reports)}
            </span>
          )}
        </Badge>
      )}
      {news > 0 && (
        <span className="text-text-muted" data-testid="show-news">
          {t('moderation.news', { count: news, shown: compactCount(news) })}
        </span>
      )}
    </span>
  );
}
