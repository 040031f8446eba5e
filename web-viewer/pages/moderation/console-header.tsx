import type { ShowCard } from '@souk/protocol/http/shows';
import type { ShowStatus } from '@souk/protocol/states';
import { Keyboard, WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { LiveBadge } from '../../ui/live-badge.tsx';
import { RollingNumber } from '../../ui/rolling-number.tsx';
import { ChatSettings } from '../staff/chat-settings/chat-settings.tsx';
import { StaffHeader } from '../staff/staff-header.tsx';
import { StopShow, type StopShowProps } from './stop-show.tsx';

export interface ConsoleHeaderProps extends Pick<StopShowProps, 'stopping'> {
  show: ShowCard;
  feed: ShowFeed;
  status: ShowStatus;
  onHelp: () => void;
}

/** The show in sight: its state, its audience, the rules of its chat, and the way to stop it. */
export function ConsoleHeader({ show, feed, status, stopping, onHelp }: ConsoleHeaderProps) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const title = useFeed(feed, (state) => state.show.facts?.title ?? show.title);
  const viewers = useFeed(feed, (state) => state.levels.viewers ?? 0);
  const isOffline = useFeed(feed, (state) => state.status.kind === 'offline');
  return (
    <StaffHeader
      title={title}
      badge={
        <>
          {status === 'live' ? <LiveBadge /> : <Badge>{t(`studio.status.${status}`)}</Badge>}
          {isOffline && (
            <Badge tone="danger" role="status">
              <WifiOff aria-hidden className="size-3.5" />
              {t('moderation.offline')}
            </Badge>
          )}
        </>
      }
    >
      <span className="figures text-sm text-text-muted">
        <RollingNumber value={viewers} format={count} data-testid="viewer-count" /> {t('moderation.watching')}
      </span>
      {status !== 'ended' && <ChatSettings feed={feed} showId={show.id} />}
      <span className="hidden pointer-fine:contents">
        <IconButton
          label={t('moderation.keysTitle')}
          icon={<Keyboard className="size-5" />}
          onClick={onHelp}
        />
      </span>
      {status === 'live' && <StopShow stopping={stopping} />}
    </StaffHeader>
  );
}
