import { Eye } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { Badge } from '../../../ui/badge.tsx';
import { RollingNumber } from '../../../ui/rolling-number.tsx';

export function ViewerCount({ feed, tone }: { feed: ShowFeed; tone: 'glass' | 'neutral' }) {
  const { t } = useTranslation();
  const { compactCount } = useFormat();
  const viewers = useFeed(feed, (state) => state.levels.viewers ?? 0);
  const words = t('watch.viewers', { count: viewers, formatted: compactCount(viewers) });
  return (
    <Badge tone={tone} title={words}>
      <Eye aria-hidden className="size-3.5" />
      <span className="sr-only">{words}</span>
      <RollingNumber value={viewers} format={compactCount} data-testid="viewer-count" />
    </Badge>
  );
}
