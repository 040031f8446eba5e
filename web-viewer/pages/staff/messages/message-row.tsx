import type { ChatMessage } from '@souk/protocol/timeline/state';
import { clsx } from 'clsx';
import type { TFunction } from 'i18next';
import { Ban, EyeOff, Megaphone, MicOff, Reply, Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { Standing } from './use-standing.ts';

// Where a mouse is used, the actions stand on the end of the line that is pointed at.
const actionsClass = clsx(
  'flex shrink-0 items-center rounded-small text-text-muted',
  'pointer-fine:absolute pointer-fine:end-1 pointer-fine:top-0.5 pointer-fine:bg-surface-hover',
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
  onAct: (message: ChatMessage, act: RowAct) => void;
  /** Without being pointed at: for fingers. */
  areActionsShown: boolean;
  /** Handed down: a busy chat draws two hundred rows a second, and each would listen to the language by itself. */
  t: TFunction;
  timeOfDay: (at: number) => string;
}

/** One message of the feed, with the two most used actions at hand. A deleted one keeps its place. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, standing, isCrew, isOwn, isGone, isSelected, onAct, areActionsShown, t } = props;
  const [isPointedAt, setPointedAt] = useState(false);
  return (
    <li
      data-testid={isGone ? 'chat-message-gone' : 'chat-message'}
      data-message-id={message.messageId}
      data-row={message.messageId}
      tabIndex={-1}
      aria-current={isSelected || undefined}
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
      className={clsx(
        'group relative flex items-start gap-2 rounded-small py-0.5 ps-2 pe-1 text-sm -outline-offset-2!',
        isSelected ? 'bg-accent-soft' : 'hover:bg-surface-hover',
      )}
    >
      <p className={clsx('min-w-0 flex-1 py-1 leading-5 wrap-anywhere', isGone && 'text-text-muted')}>
        <MessageHead message={message} standing={standing} isCrew={isCrew} isOwn={isOwn} t={t} />
        <span dir="auto" className={clsx(isGone && 'line-through')}>
          {message.text}
        </span>
        <MessageTail message={message} isGone={isGone} t={t} timeOfDay={props.timeOfDay} />
      </p>
      {!isGone && (areActionsShown || isPointedAt || isSelected) && (
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

type HeadProps = Pick<MessageRowProps, 'message' | 'standing' | 'isCrew' | 'isOwn' | 't'>;

function MessageHead({ message, standing, isCrew, isOwn, t }: HeadProps) {
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

type TailProps = Pick<MessageRowProps, 'message' | 'isGone' | 't' | 'timeOfDay'>;

function MessageTail({ message, isGone, t, timeOfDay }: TailProps) {
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
