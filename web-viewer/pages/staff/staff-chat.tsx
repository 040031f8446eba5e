import type { ShowId } from '@souk/protocol/ids';
import type { ChatMessage } from '@souk/protocol/timeline/state';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { ActLine } from './acts/act-line.tsx';
import type { Act } from './acts/acts.ts';
import { useDeeds, useDeleted } from './acts/use-deeds.ts';
import { ChatComposer } from './chat-composer.tsx';
import { ChosenMessage } from './messages/chosen-message.tsx';
import { MessageFeed } from './messages/message-feed.tsx';
import type { RowAct } from './messages/message-row.tsx';
import { PinnedMessage } from './messages/pinned-message.tsx';
import { useMessageLog } from './messages/use-message-log.ts';
import { defaultMuteSeconds } from './mute-spans.ts';
import { WaitingLink } from './waiting-link.tsx';

export interface StaffChatProps {
  feed: ShowFeed;
  showId: ShowId;
}

/** The show's chat with moderation at hand, newest last: choosing a message shows what can be done about it. */
export function StaffChat({ feed, showId }: StaffChatProps) {
  const { t } = useTranslation();
  const session = useSession();
  const log = useMessageLog(feed);
  const deeds = useDeeds();
  const deleted = useDeleted(deeds);
  const [chosen, setChosen] = useState<ChatMessage>();
  const [isAnnouncing, setAnnouncing] = useState(false);
  const perform = useCallback(
    (act: Act) => {
      void deeds.perform(showId, act);
    },
    [deeds, showId],
  );
  const onAct = useCallback(
    ({ messageId, userId, name }: ChatMessage, act: RowAct) => {
      if (act === 'delete') perform({ kind: 'delete', messageId });
      else perform({ kind: 'mute', person: { userId, name }, seconds: defaultMuteSeconds, reason: '' });
    },
    [perform],
  );
  return (
    <section aria-label={t('staff.chat')} className="flex min-h-0 flex-1 flex-col gap-1">
      <header className="flex min-h-8 items-center gap-2">
        <h2 className="flex-1 text-sm font-semibold">{t('staff.chat')}</h2>
        <WaitingLink feed={feed} showId={showId} />
      </header>
      <PinnedMessage feed={feed} perform={perform} />
      <MessageFeed
        feed={feed}
        log={log}
        ownId={session?.userId}
        selectedId={chosen?.messageId}
        handled={deleted}
        onSelect={setChosen}
        onAct={onAct}
        onRelease={() => setChosen(undefined)}
      />
      {chosen !== undefined && (
        <ChosenMessage
          feed={feed}
          message={chosen}
          isDeleted={deleted.has(chosen.messageId)}
          perform={perform}
          onClose={() => setChosen(undefined)}
        />
      )}
      <ActLine deeds={deeds} />
      <ChatComposer showId={showId} isAnnouncing={isAnnouncing} onAnnouncing={setAnnouncing} />
    </section>
  );
}
