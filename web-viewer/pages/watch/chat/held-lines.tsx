import { clsx } from 'clsx';
import { Hourglass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../../api/hub.ts';
import { useSession } from '../../../api/session.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';

/** What this person wrote and nobody else sees yet. */
export function HeldLines({ feed, place }: { feed: ShowFeed; place: 'stage' | 'column' }) {
  const { t } = useTranslation();
  const userId = useSession()?.userId;
  const held = useFeed(feed, (state) => state.show.held);
  return held
    .filter((message) => message.userId === userId)
    .map((message) => (
      <li
        key={message.messageId}
        data-testid="held-message"
        className={clsx(
          'w-fit max-w-full animate-rise border border-dashed px-2.5 py-1 text-sm leading-5 wrap-anywhere',
          place === 'stage'
            ? 'rounded-[12px] border-on-stage-muted bg-glass text-on-stage'
            : 'rounded-small border-line-strong',
        )}
      >
        <bdi>{message.text}</bdi>
        <span
          className={clsx(
            'mt-0.5 flex items-center gap-1 text-xs',
            place === 'stage' ? 'text-on-stage-muted' : 'text-text-muted',
          )}
        >
          <Hourglass aria-hidden className="size-3 shrink-0" />
          {t('chat.waiting')}
        </span>
      </li>
    ));
}
