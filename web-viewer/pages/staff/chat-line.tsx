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
        'group flex items-start gap-2 rounded-small py-1 ps-2 pe-1 text-sm',
        isSelected ? 'bg-accent-soft' : 'hover:bg-surface-hover',
      )}
    >
      <div className="min-w-0 flex-1 py-1 leading-5 wrap-anywhere">
        <span className={clsx('me-1.5 font-semibold', isOwn && 'text-accent-text')}>{message.name}</span>
        {isCrew && <Badge className="me-1.5 h-5 px-1.5">{t(`staff.roles.${message.role}`)}</Badge>}
        {isMuted && (
          <MicOff aria-label={t('staff.isMuted')} className="me-1.5 inline size-3.5 text-danger-text" />
        )}
        <span dir="auto">{message.text}</span>
        <time className="figures ms-2 text-xs text-text-muted">{timeOfDay(message.at)}</time>
      </div>
      <div className="flex shrink-0 items-center text-text-muted">
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
