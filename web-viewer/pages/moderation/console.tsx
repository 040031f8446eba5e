import type { ShowCard } from '@souk/protocol/http/shows';
import { CircleStop } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeed, useShowFeed } from '../../api/hub.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LiveBadge } from '../../ui/live-badge.tsx';
import { RollingNumber } from '../../ui/rolling-number.tsx';
import { laterStatus } from '../staff/show-status.ts';
import { StaffChat } from '../staff/staff-chat.tsx';
import { StaffHeader } from '../staff/staff-header.tsx';
import { useHotkeys } from '../staff/use-hotkeys.ts';
import { useModeration } from '../staff/use-moderation.ts';
import { neighbourOf } from './neighbour-of.ts';
import { ShowList } from './show-list.tsx';
import { StopShow } from './stop-show.tsx';
import { UserCard } from './user-card.tsx';

/** The console of one show: shows at the start, the feed in the middle, the chosen person at the end. */
export function Console({ show }: { show: ShowCard }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const feed = useShowFeed(show.id);
  const moderation = useModeration(show.id);
  const [selectedId, setSelectedId] = useState<string>();
  const status = laterStatus(
    show.status,
    useFeed(feed, (state) => state.show.status),
  );
  const chat = useFeed(feed, (state) => state.show.chat);
  const title = useFeed(feed, (state) => state.show.facts?.title ?? show.title);
  const viewers = useFeed(feed, (state) => state.levels.viewers ?? 0);
  // A message that was deleted takes the mark with it; the newest one is the natural start.
  const selected = chat.find(({ messageId }) => messageId === selectedId);
  const move = (step: 1 | -1): void => setSelectedId(neighbourOf(chat, selectedId, step));
  useHotkeys({
    ArrowDown: () => move(1),
    j: () => move(1),
    ArrowUp: () => move(-1),
    k: () => move(-1),
    ...(selected === undefined
      ? {}
      : {
          d: () => {
            setSelectedId(neighbourOf(chat, selected.messageId, -1));
            moderation.deleteMessage(selected.messageId);
          },
          m: () => moderation.mute(selected),
          u: () => moderation.unmute(selected),
        }),
  });
  return (
    <div className="flex min-h-dvh flex-col bg-surface-sunken lg:h-dvh">
      <StaffHeader
        title={title}
        badge={status === 'live' ? <LiveBadge /> : <Badge>{t(`studio.status.${status}`)}</Badge>}
      >
        <span className="figures text-sm text-text-muted">
          <RollingNumber value={viewers} format={count} data-testid="viewer-count" />{' '}
          {t('moderation.watching')}
        </span>
        {status === 'live' && <StopShow showId={show.id} />}
      </StaffHeader>
      <main className="grid flex-1 gap-3 p-3 lg:min-h-0 lg:grid-cols-[15rem_minmax(0,1fr)_20rem] lg:grid-rows-[minmax(0,1fr)]">
        <ShowList currentId={show.id} className="max-lg:order-3" />
        <div className="flex min-h-0 flex-col rounded-large border border-line bg-surface-raised p-3 max-lg:h-[70dvh]">
          {status === 'ended' ? (
            <EmptyState
              icon={<CircleStop />}
              title={t('moderation.ended')}
              text={t('moderation.endedText')}
            />
          ) : (
            <StaffChat
              feed={feed}
              showId={show.id}
              moderation={moderation}
              selectedId={selected?.messageId}
              onSelect={setSelectedId}
            />
          )}
        </div>
        <UserCard feed={feed} message={selected} moderation={moderation} />
      </main>
    </div>
  );
}
