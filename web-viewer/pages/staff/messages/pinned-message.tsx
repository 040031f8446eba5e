import { Pin, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { Act } from '../acts/acts.ts';

export interface PinnedMessageProps {
  feed: ShowFeed;
  perform: (act: Act) => void;
}

/** The message that stands above everybody's chat, and the way to take it off. */
export function PinnedMessage({ feed, perform }: PinnedMessageProps) {
  const { t } = useTranslation();
  const pinned = useFeed(feed, (state) => state.show.pinnedMessage);
  if (pinned === null) return null;
  return (
    <div
      data-testid="pinned-message"
      className="flex items-center gap-2 rounded-small bg-accent-soft ps-3 pe-1 text-sm"
    >
      <Pin aria-hidden className="size-4 shrink-0 text-accent-text" />
      <p className="line-clamp-2 min-w-0 flex-1 py-1.5 wrap-anywhere">
        <span className="me-1.5 font-semibold">
          <bdi>{pinned.name}</bdi>
        </span>
        <span dir="auto">{pinned.text}</span>
      </p>
      <IconButton
        size="small"
        data-testid="unpin-message"
        label={t('staff.unpinMessage')}
        icon={<X className="size-4" />}
        onClick={() => perform({ kind: 'unpin', messageId: pinned.messageId })}
      />
    </div>
  );
}
