import type { ShowId } from '@souk/protocol/ids';
import { ArrowDown, MessagesSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import { useSession } from '../../api/session.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { ChatComposer } from './chat-composer.tsx';
import { ChatLine } from './chat-line.tsx';
import { useIsMuted } from './use-is-muted.ts';
import type { Moderation } from './use-moderation.ts';
import { useStickToEnd } from './use-stick-to-end.ts';

export interface StaffChatProps {
  feed: ShowFeed;
  showId: ShowId;
  moderation: Moderation;
  selectedId?: string | undefined;
  onSelect?: (messageId: string) => void;
}

/** The show's chat with moderation at hand, newest last. */
export function StaffChat({ feed, showId, moderation, selectedId, onSelect }: StaffChatProps) {
  const { t } = useTranslation();
  const session = useSession();
  const chat = useFeed(feed, (state) => state.show.chat);
  const isMuted = useIsMuted(feed);
  const { ref, isAway, onScroll, toEnd } = useStickToEnd(chat.at(-1)?.messageId);
  return (
    <section aria-label={t('staff.chat')} className="@container flex min-h-0 flex-1 flex-col gap-2">
      <div className="relative min-h-0 flex-1">
        <ol ref={ref} onScroll={onScroll} className="h-full overflow-y-auto overscroll-contain">
          {chat.map((message) => (
            <ChatLine
              key={message.messageId}
              message={message}
              moderation={moderation}
              isOwn={message.userId === session?.userId}
              isMuted={isMuted(message.userId)}
              isSelected={message.messageId === selectedId}
              {...(onSelect === undefined ? {} : { onSelect })}
            />
          ))}
        </ol>
        {chat.length === 0 && <QuietChat />}
        {isAway && (
          <Button
            size="small"
            variant="solid"
            className="absolute inset-x-0 bottom-2 mx-auto w-fit rounded-full shadow-float"
            onClick={toEnd}
          >
            <ArrowDown aria-hidden className="size-4" />
            {t('staff.toNewest')}
          </Button>
        )}
      </div>
      <ErrorMessage error={moderation.error} />
      <ChatComposer showId={showId} />
    </section>
  );
}

function QuietChat() {
  const { t } = useTranslation();
  return (
    <div className="pointer-events-none absolute inset-0 grid place-content-center justify-items-center gap-2 px-6 text-center text-sm text-text-muted">
      <MessagesSquare aria-hidden className="size-6" />
      <p>{t('staff.chatEmpty')}</p>
    </div>
  );
}
