import { clsx } from 'clsx';
import { ArrowDown } from 'lucide-react';
import { type MouseEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../../api/hub.ts';
import { useSession } from '../../../api/session.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { ChatLine } from './chat-line.tsx';
import { openMessage } from './chat-store.ts';
import { HeldLines } from './held-lines.tsx';
import { PinnedMessage } from './pinned-message.tsx';
import { SpokenChat } from './spoken-chat.tsx';
import { useCalmChat } from './use-calm-chat.ts';
import { useFollowingEnd } from './use-following-end.ts';

export interface ChatListProps {
  feed: ShowFeed;
  place: 'stage' | 'column';
  /** Stands there while nobody has written. */
  emptyText?: string;
  /** False where messages cannot be answered or reported, as in a replay. */
  canOpen?: boolean;
}

/** The chat, newest at the bottom; it waits while somebody reads back, or has a finger on it. */
export function ChatList({ feed, place, emptyText, canOpen = false }: ChatListProps) {
  const { t } = useTranslation();
  const userId = useSession()?.userId;
  const [isTouched, setTouched] = useState(false);
  const [isAway, setAway] = useState(false);
  const messages = useCalmChat(feed, isTouched || isAway);
  const heldCount = useFeed(feed, (state) => state.show.held.length);
  const isKnown = useFeed(feed, (state) => state.show.facts !== null);
  const lastKey = `${messages.at(-1)?.entryId} ${heldCount}`;
  const { ref, isAtEnd, onScroll, toEnd } = useFollowingEnd<HTMLOListElement>(lastKey);
  if (isAway === isAtEnd) setAway(!isAtEnd);
  const texts = useMemo(
    () => new Map<string, string>(messages.map(({ messageId, text }) => [messageId, text])),
    [messages],
  );
  const open = (event: MouseEvent<HTMLElement>): void => {
    if (!canOpen || !(event.target instanceof Element)) return;
    // Whoever marks a text wants to copy it.
    if (window.getSelection()?.isCollapsed === false) return;
    const id = event.target.closest<HTMLElement>('[data-message-id]')?.dataset['messageId'];
    const message = messages.find(({ messageId }) => messageId === id);
    if (message !== undefined && message.userId !== userId) openMessage(message);
  };
  const release = () => setTouched(false);
  return (
    <div className={clsx('relative flex min-h-0 flex-col', place === 'column' && 'flex-1')}>
      <PinnedMessage feed={feed} place={place} />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: each message has a button of its own for the keyboard */}
      <ol
        ref={ref}
        onScroll={onScroll}
        onClick={open}
        onPointerDown={() => setTouched(true)}
        onPointerUp={release}
        onPointerCancel={release}
        onPointerLeave={release}
        aria-label={t('watch.chat')}
        className={clsx(
          'flex min-h-0 flex-col gap-1 overflow-y-auto overscroll-contain',
          place === 'stage'
            ? 'max-h-[27dvh] pt-8 [mask-image:linear-gradient(to_bottom,transparent,black_3rem)] [scrollbar-width:none]'
            : 'flex-1 px-2 py-3 [&>:first-child]:mt-auto',
        )}
      >
        {isKnown && messages.length === 0 && heldCount === 0 && (
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
            isOwn={message.userId === userId}
            canOpen={canOpen && message.userId !== userId}
            repliedText={message.replyTo && texts.get(message.replyTo.messageId)}
            place={place}
          />
        ))}
        <HeldLines feed={feed} place={place} />
      </ol>
      <SpokenChat messages={messages} />
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
