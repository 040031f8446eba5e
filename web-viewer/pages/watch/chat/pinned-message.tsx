import { clsx } from 'clsx';
import { Pin } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';

/** The one message that stands above the chat; a press shows all of a long one. */
export function PinnedMessage({ feed, place }: { feed: ShowFeed; place: 'stage' | 'column' }) {
  const { t } = useTranslation();
  const pinned = useFeed(feed, (state) => state.show.pinnedMessage);
  const [openId, setOpenId] = useState<string>();
  if (pinned === null) return null;
  const isOpen = openId === pinned.messageId;
  return (
    <button
      type="button"
      data-testid="pinned-message"
      aria-expanded={isOpen}
      onClick={() => setOpenId(isOpen ? undefined : pinned.messageId)}
      className={clsx(
        'flex min-h-11 w-full shrink-0 animate-rise items-start gap-2 px-3 py-2 text-start text-sm leading-5',
        place === 'stage'
          ? 'rounded-[12px] border-s-4 border-accent bg-glass text-on-stage'
          : 'border-b border-line bg-accent-soft',
      )}
    >
      <Pin
        aria-hidden
        className={clsx('mt-0.5 size-4 shrink-0', place === 'stage' ? 'text-accent' : 'text-accent-text')}
      />
      <span
        className={clsx(
          'min-w-0 flex-1 wrap-anywhere',
          isOpen ? 'max-h-40 overflow-y-auto' : place === 'stage' ? 'line-clamp-1' : 'line-clamp-2',
        )}
      >
        <span className="sr-only">{t('chat.pinned')} </span>
        {/* The distance goes by the page's direction, not by the name's. */}
        <span className="me-1.5 font-semibold">
          <bdi>{pinned.name}</bdi>
        </span>
        <bdi>{pinned.text}</bdi>
      </span>
    </button>
  );
}
