import type { ShowId } from '@souk/protocol/ids';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { FollowButton } from '../../../shop/follow/follow-button.tsx';
import { Button } from '../../../ui/button.tsx';
import { ChatComposer } from './chat-composer.tsx';
import { MessageMenu } from './message-menu.tsx';
import { useChatAccess } from './use-chat-access.ts';

export interface ChatEntryProps {
  feed: ShowFeed;
  showId: ShowId;
  place: 'stage' | 'column';
  /** Buttons that stand in one row with it. */
  children?: ReactNode;
}

/** The way into the chat: the composer, or what is to be done before one may write here. */
export function ChatEntry({ feed, showId, place, children }: ChatEntryProps) {
  const { t } = useTranslation();
  const access = useChatAccess(feed);
  return (
    <>
      <MessageMenu showId={showId} canReply={access.kind === 'open'} />
      {access.kind === 'open' ? (
        <ChatComposer feed={feed} showId={showId} place={place}>
          {children}
        </ChatComposer>
      ) : (
        <div className="flex items-center gap-2">
          <div className="min-w-0 flex-1">{wayIn()}</div>
          {children}
        </div>
      )}
    </>
  );

  function wayIn(): ReactNode {
    switch (access.kind) {
      case 'open':
        return null;
      case 'log-in':
        return (
          <Button asChild variant={place === 'stage' ? 'solid' : 'outline'} className="w-full">
            <Link to={`/login?next=${encodeURIComponent(`/watch/${showId}`)}`}>{t('watch.logInToChat')}</Link>
          </Button>
        );
      case 'follow':
        return (
          <Notice place={place} action={<FollowButton merchantId={access.merchantId} look="words" />}>
            {t('chat.followersOnly')}
          </Notice>
        );
      case 'buy':
        return <Notice place={place}>{t('chat.buyersOnly')}</Notice>;
    }
  }
}

interface NoticeProps {
  place: 'stage' | 'column';
  action?: ReactNode;
  children: ReactNode;
}

function Notice({ place, action, children }: NoticeProps) {
  return (
    <div
      data-testid="chat-closed"
      className={clsx(
        'flex min-h-11 items-center gap-2 rounded-small ps-3 text-sm',
        place === 'stage' ? 'bg-surface-raised text-text' : 'bg-surface-hover',
      )}
    >
      <p className="min-w-0 flex-1 py-1 leading-snug text-pretty">{children}</p>
      {action}
    </div>
  );
}
