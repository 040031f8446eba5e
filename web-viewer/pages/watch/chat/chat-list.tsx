import { clsx } from 'clsx';
import { ArrowDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../../api/hub.ts';
import { useSession } from '../../../api/session.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { ChatLine } from './chat-line.tsx';
import { useFollowingEnd } from './use-following-end.ts';

export interface ChatListProps {
  feed: ShowFeed;
  place: 'stage' | 'column';
  /** Stands there while nobody has written. */
  emptyText?: string;
}

/** The chat, newest at the bottom; it waits while somebody reads back. */
export function ChatList({ feed, place, emptyText }: ChatListProps) {
  const { t } = useTranslation();
  const session = useSession();
  const messages = useFeed(feed, (state) => state.show.chat);
  const isKnown = useFeed(feed, (state) => state.show.facts !== null);
  const { ref, isAtEnd, onScroll, toEnd } = useFollowingEnd<HTMLOListElement>(messages.at(-1)?.entryId);
  return (
    <div className={clsx('relative flex min-h-0 flex-col', place === 'column' && 'flex-1')}>
      <ol
        ref={ref}
        onScroll={onScroll}
        aria-label={t('watch.chat')}
        aria-live="polite"
        aria-relevant="additions"
        className={clsx(
          'flex min-h-0 flex-col gap-1 overflow-y-auto overscroll-contain',
          place === 'stage'
            ? 'max-h-[27dvh] pt-8 [mask-image:linear-gradient(to_bottom,transparent,black_3rem)] [scrollbar-width:none]'
            : 'flex-1 px-2 py-3 [&>:first-child]:mt-auto',
        )}
      >
        {isKnown && messages.length === 0 && (
          <li
            className={clsx(
              'px-2.5 py-1 text-sm',
              place === 'stage' ? 'w-fit rounded-[12px] bg-glass' : 'text-text-muted',
            )}
          >
            {emptyText ?? t('watch.chatEmpty')}
          </li>
        )}
        {messages.map((message) => (
          <ChatLine
            key={message.messageId}
            message={message}
            isOwn={message.userId === session?.userId}
            place={place}
          />
        ))}
      </ol>
      {!isAtEnd && (
        <button
          type="button"
          onClick={toEnd}
          className="absolute inset-x-0 bottom-1 mx-auto flex min-h-9 w-fit animate-rise items-center gap-1.5 rounded-full bg-accent px-3 text-xs font-semibold text-on-accent shadow-float"
        >
          <ArrowDown aria-hidden className="size-4" />
          {t('watch.newMessages')}
        </button>
      )}
    </div>
  );
}
