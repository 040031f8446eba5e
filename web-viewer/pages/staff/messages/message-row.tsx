import type { ChatMessage } from '@souk/protocol/timeline/state';
import { clsx } from 'clsx';
import { Ban, EyeOff, Megaphone, MicOff, Reply, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { Badge } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { Standing } from './use-standing.ts';

// Where a mouse is used, the actions wait at the end of the line until it is pointed at.
const actionsClass = clsx(
  'flex shrink-0 items-center rounded-small text-text-muted',
  'pointer-fine:absolute pointer-fine:end-1 pointer-fine:top-0.5 pointer-fine:opacity-0',
  'group-hover:bg-surface-hover group-hover:opacity-100 group-focus-within:bg-surface-hover group-focus-within:opacity-100',
);

const standingIcons = { banned: Ban, 'shadow-banned': EyeOff, muted: MicOff } as const;

export type RowAct = 'delete' | 'mute';

export interface MessageRowProps {
  message: ChatMessage;
  standing: Standing | undefined;
  isCrew: boolean;
  isOwn: boolean;
  isGone: boolean;
  isSelected: boolean;
  /** Must stay the same function: a row is drawn anew when any of its parts has changed. */
  onSelect: (messageId: string) => void;
  onAct: (message: ChatMessage, act: RowAct) => void;
}

/** One message of the feed, with the two most used actions at hand. A deleted one keeps its place. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, standing, isCrew, isOwn, isGone, isSelected, onSelect, onAct } = props;
  const { t } = useTranslation();
  return (
    <li
      data-testid={isGone ? 'chat-message-gone' : 'chat-message'}
      data-message-id={message.messageId}
      data-row={message.messageId}
      tabIndex={-1}
      aria-current={isSelected || undefined}
      onPointerDown={() => onSelect(message.messageId)}
      className={clsx(
        'group relative flex items-start gap-2 rounded-small py-0.5 ps-2 pe-1 text-sm -outline-offset-2!',
        isSelected ? 'bg-accent-soft' : 'hover:bg-surface-hover',
      )}
    >
      <p className={clsx('min-w-0 flex-1 py-1 leading-5 wrap-anywhere', isGone && 'text-text-muted')}>
        <MessageHead message={message} standing={standing} isCrew={isCrew} isOwn={isOwn} />
        <span dir="auto" className={clsx(isGone && 'line-through')}>
          {message.text}
        </span>
        <MessageTail message={message} isGone={isGone} />
      </p>
      {!isGone && (
        <span className={actionsClass}>
          {!isCrew && (
            <IconButton
              size="small"
              tabIndex={-1}
              data-testid="mute-user"
              label={t('staff.muteUser', { name: message.name })}
              icon={<MicOff className="size-4" />}
              onClick={() => onAct(message, 'mute')}
            />
          )}
          <IconButton
            size="small"
            tabIndex={-1}
            data-testid="chat-delete"
            variant="danger"
            label={t('staff.deleteMessage', { name: message.name })}
            icon={<Trash2 className="size-4" />}
            onClick={() => onAct(message, 'delete')}
          />
        </span>
      )}
    </li>
  );
});

type HeadProps = Pick<MessageRowProps, 'message' | 'standing' | 'isCrew' | 'isOwn'>;

function MessageHead({ message, standing, isCrew, isOwn }: HeadProps) {
  const { t } = useTranslation();
  const Icon = standing === undefined ? undefined : standingIcons[standing];
  const role = message.role === 'host' ? 'host' : 'moderator';
  return (
    <>
      {message.kind === 'announcement' && (
        <Megaphone
          role="img"
          aria-label={t('staff.announcement')}
          className="me-1.5 inline size-4 text-accent-text"
        />
      )}
      <span className={clsx('me-1.5 font-semibold', isOwn && 'text-accent-text')}>
        <bdi>{message.name}</bdi>
      </span>
      {isCrew && <Badge className="me-1.5 h-5 px-1.5">{t(`staff.roles.${role}`)}</Badge>}
      {Icon !== undefined && standing !== undefined && (
        <Icon
          role="img"
          aria-label={t(`staff.standings.${standing}`)}
          className="me-1.5 inline size-3.5 text-danger-text"
        />
      )}
      {message.replyTo !== undefined && (
        <span className="me-1.5 text-text-muted">
          <Reply aria-hidden className="me-0.5 inline size-3.5 rtl:-scale-x-100" />
          <bdi>{message.replyTo.name}</bdi>
        </span>
      )}
    </>
  );
}

function MessageTail({ message, isGone }: Pick<MessageRowProps, 'message' | 'isGone'>) {
  const { t } = useTranslation();
  const { timeOfDay } = useFormat();
  return (
    <>
      {message.repeats > 0 && (
        <span className="figures ms-1.5 text-xs font-semibold text-accent-text">
          {t('staff.repeated', { count: message.repeats + 1 })}
        </span>
      )}
      <time className="figures ms-2 inline-block text-xs text-text-muted">
        {isGone ? t('staff.deleted') : timeOfDay(message.at)}
      </time>
    </>
  );
}
