import type { ChatMessage } from '@souk/protocol/timeline/state';
import { clsx } from 'clsx';
import { MicOff, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { MuteControl } from './mute-control.tsx';
import type { Moderation } from './use-moderation.ts';

// Where the feed is narrow and a mouse is used, the actions wait at the end of the line until it is pointed at.
const actionsClass = clsx(
  'flex shrink-0 items-center rounded-small text-text-muted',
  'pointer-fine:@max-md:absolute pointer-fine:@max-md:end-1 pointer-fine:@max-md:top-1 pointer-fine:@max-md:opacity-0',
  'group-hover:opacity-100! group-focus-within:opacity-100! focus-within:bg-surface-hover',
);

export interface ChatLineProps {
  message: ChatMessage;
  moderation: Moderation;
  isOwn: boolean;
  isMuted: boolean;
  /** Marked in the moderator's console; the keys act on it. */
  isSelected?: boolean;
  onSelect?: (messageId: string) => void;
}

/** One message with its actions at hand. */
export const ChatLine = memo(function ChatLine(props: ChatLineProps) {
  const { message, moderation, isOwn, isMuted, isSelected = false, onSelect } = props;
  const { t } = useTranslation();
  const { timeOfDay } = useFormat();
  const isCrew = message.role === 'host' || message.role === 'moderator';
  return (
    <li
      data-testid="chat-message"
      data-message-id={message.messageId}
      aria-current={isSelected || undefined}
      onPointerDown={() => onSelect?.(message.messageId)}
      className={clsx(
        'group relative flex items-start gap-2 rounded-small py-1 ps-2 pe-1 text-sm',
        isSelected ? 'bg-accent-soft' : 'hover:bg-surface-hover',
      )}
    >
      <div className="min-w-0 flex-1 py-1 leading-5 wrap-anywhere">
        <bdi className={clsx('me-1.5 font-semibold', isOwn && 'text-accent-text')}>{message.name}</bdi>
        {isCrew && <Badge className="me-1.5 h-5 px-1.5">{t(`staff.roles.${message.role}`)}</Badge>}
        {isMuted && (
          <MicOff aria-label={t('staff.isMuted')} className="me-1.5 inline size-3.5 text-danger-text" />
        )}
        <span dir="auto">{message.text}</span>
        <time className="figures ms-2 inline-block text-xs text-text-muted">{timeOfDay(message.at)}</time>
      </div>
      <div className={clsx(actionsClass, isSelected ? 'bg-accent-soft' : 'group-hover:bg-surface-hover')}>
        {!isCrew && <MuteControl person={message} moderation={moderation} />}
        <IconButton
          size="small"
          data-testid="chat-delete"
          variant="danger"
          label={t('staff.deleteMessage', { name: message.name })}
          icon={<Trash2 className="size-4" />}
          onClick={() => moderation.deleteMessage(message.messageId)}
        />
      </div>
    </li>
  );
});
