import type { ShowId } from '@souk/protocol/ids';
import { Flag, Hourglass, ShieldHalf } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';

export interface WaitingLinkProps {
  feed: ShowFeed;
  showId: ShowId;
}

/** The way to the console, and how much waits there. It opens beside: who leaves the studio takes the picture along. */
export function WaitingLink({ feed, showId }: WaitingLinkProps) {
  const { t } = useTranslation();
  const { compactCount } = useFormat();
  const held = useFeed(feed, (state) => state.show.held.length);
  const reports = useFeed(feed, (state) => Object.keys(state.show.reports).length);
  return (
    <Button asChild size="small" variant="ghost">
      <a href={`/moderate/${showId}`} target="_blank" rel="noopener" data-testid="to-console">
        <ShieldHalf aria-hidden className="size-4" />
        {t('staff.console')}
        {held + reports > 0 && (
          <Badge tone="danger" data-testid="console-waits" className="figures h-5 gap-1 px-1.5">
            {held > 0 && (
              <>
                <Hourglass role="img" aria-label={t('moderation.held')} className="size-3" />
                {compactCount(held)}
              </>
            )}
            {reports > 0 && (
              <>
                <Flag role="img" aria-label={t('moderation.reports')} className="size-3" />
                {compactCount(reports)}
              </>
            )}
          </Badge>
        )}
      </a>
    </Button>
  );
}
