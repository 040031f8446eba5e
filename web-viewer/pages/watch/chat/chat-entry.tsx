import type { ShowId } from '@souk/protocol/ids';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFeed } from '../../../api/hub.ts';
import { isGuest, useSession } from '../../../api/session.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { Button } from '../../../ui/button.tsx';
import { ChatComposer } from './chat-composer.tsx';

export interface ChatEntryProps {
  feed: ShowFeed;
  showId: ShowId;
  place: 'stage' | 'column';
  /** Buttons that stand in one row with it. */
  children?: ReactNode;
}

/** The way into the chat: the composer, or for guests who may not chat here, the way to log in. */
export function ChatEntry({ feed, showId, place, children }: ChatEntryProps) {
  const { t } = useTranslation();
  const session = useSession();
  const policy = useFeed(feed, (state) => state.show.facts?.policy);
  if (isGuest(session) && policy?.guestsMayChat === false) {
    return (
      <div className="flex items-center gap-2">
        <Button asChild variant={place === 'stage' ? 'solid' : 'outline'} className="flex-1">
          <Link to={`/login?next=${encodeURIComponent(`/watch/${showId}`)}`}>{t('watch.logInToChat')}</Link>
        </Button>
        {children}
      </div>
    );
  }
  return (
    <ChatComposer showId={showId} place={place}>
      {children}
    </ChatComposer>
  );
}
