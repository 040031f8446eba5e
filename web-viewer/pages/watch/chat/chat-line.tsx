import type { ChatMessage } from '@souk/protocol/timeline/state';
import { clsx } from 'clsx';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';

export interface ChatLineProps {
  message: ChatMessage;
  isOwn: boolean;
  /** On the picture, or in a column of its own. */
  place: 'stage' | 'column';
}

const nameColours = {
  stage: { marked: 'text-accent', ordinary: 'text-on-stage-muted' },
  column: { marked: 'text-accent-text', ordinary: 'text-text-muted' },
} as const;

/** One message: who, and what. The host and moderators stand out; the own ones are marked. */
export const ChatLine = memo(function ChatLine({ message, isOwn, place }: ChatLineProps) {
  const { t } = useTranslation();
  const isCrew = message.role === 'host' || message.role === 'moderator';
  return (
    <li
      data-testid="chat-message"
      data-message-id={message.messageId}
      className={clsx(
        'w-fit max-w-full animate-rise px-2.5 py-1 text-sm leading-5 wrap-anywhere',
        place === 'stage' && 'rounded-[12px] bg-glass text-on-stage',
        place === 'column' && 'rounded-small',
        isOwn && place === 'column' && 'bg-surface-hover',
        isCrew && place === 'column' && 'bg-accent-soft',
      )}
    >
      <span
        className={clsx('me-1.5 font-semibold', nameColours[place][isCrew || isOwn ? 'marked' : 'ordinary'])}
      >
        {isOwn ? t('watch.you') : message.name}
        {isCrew && (
          <span className="ms-1.5 rounded-small bg-accent px-1.5 py-px text-xs text-on-accent">
            {message.role === 'host' ? t('watch.roleHost') : t('watch.roleModerator')}
          </span>
        )}
      </span>
      <bdi>{message.text}</bdi>
    </li>
  );
});
