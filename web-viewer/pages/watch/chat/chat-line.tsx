import type { ReplyTo } from '@souk/protocol/chat';
import type { ChatMessage } from '@souk/protocol/timeline/state';
import { clsx } from 'clsx';
import { CornerDownRight, Ellipsis, Megaphone } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';

export interface ChatLineProps {
  message: ChatMessage;
  isOwn: boolean;
  /** Something can be done about it: answer, report. */
  canOpen: boolean;
  /** Text of the message that this one answers, where it is still there. */
  repliedText: string | undefined;
  /** On the picture, or in a column of its own. */
  place: 'stage' | 'column';
}

const nameColours = {
  stage: { marked: 'text-accent', ordinary: 'text-on-stage-muted' },
  column: { marked: 'text-accent-text', ordinary: 'text-text-muted' },
} as const;

/** One message: who, and what. The host and moderators stand out, announcements more; the own ones are marked. */
export const ChatLine = memo(function ChatLine({
  message,
  isOwn,
  canOpen,
  repliedText,
  place,
}: ChatLineProps) {
  const { t } = useTranslation();
  const isCrew = message.role === 'host' || message.role === 'moderator';
  const isAnnouncement = message.kind === 'announcement';
  return (
    <li
      data-testid="chat-message"
      data-message-id={message.messageId}
      data-kind={message.kind ?? 'message'}
      className={clsx(
        'group relative w-fit max-w-full animate-rise px-2.5 py-1 text-sm leading-5 wrap-anywhere',
        canOpen && 'cursor-pointer',
        place === 'stage' && 'rounded-[12px]',
        place === 'column' && 'rounded-small',
        isAnnouncement && 'my-1 border-s-4 border-accent py-2',
        isAnnouncement && place === 'column' && 'w-full bg-accent-soft',
        place === 'stage' && 'bg-glass text-on-stage',
        isOwn && !isAnnouncement && place === 'column' && 'bg-surface-hover',
        isCrew && !isAnnouncement && place === 'column' && 'bg-accent-soft',
      )}
    >
      {isAnnouncement && (
        <span
          className={clsx('mb-0.5 flex items-center gap-1.5 text-xs font-bold', nameColours[place].marked)}
        >
          <Megaphone aria-hidden className="size-3.5" />
          {t('chat.announcement')}
        </span>
      )}
      {message.replyTo !== undefined && (
        <Replied replyTo={message.replyTo} text={repliedText} muted={nameColours[place].ordinary} />
      )}
      <span
        className={clsx('me-1.5 font-semibold', nameColours[place][isCrew || isOwn ? 'marked' : 'ordinary'])}
      >
        {isOwn ? t('watch.you') : <bdi>{message.name}</bdi>}
        {isCrew && (
          <span className="ms-1.5 rounded-small bg-accent px-1.5 py-px text-xs text-on-accent">
            {message.role === 'host' ? t('watch.roleHost') : t('watch.roleModerator')}
          </span>
        )}
      </span>
      <bdi className={clsx(isAnnouncement && 'font-medium')}>{message.text}</bdi>
      {message.repeats > 0 && (
        <span
          data-testid="chat-repeats"
          className="figures ms-1.5 inline-block rounded-full bg-accent px-1.5 text-xs leading-4 font-bold text-on-accent"
        >
          <span aria-hidden dir="ltr">
            ×{message.repeats + 1}
          </span>
          <span className="sr-only">{t('chat.times', { count: message.repeats + 1 })}</span>
        </span>
      )}
      {canOpen && (
        <button
          type="button"
          aria-label={t('chat.actionsFor', { name: message.name })}
          aria-haspopup="dialog"
          className={clsx(
            'absolute -end-3 -top-4 grid size-8 place-items-center rounded-full opacity-0 focus-visible:opacity-100',
            'bg-surface-raised text-text shadow-float group-hover:pointer-fine:opacity-100',
            'pointer-coarse:pointer-events-none',
          )}
        >
          <Ellipsis aria-hidden className="size-4" />
        </button>
      )}
    </li>
  );
});

function Replied({ replyTo, text, muted }: { replyTo: ReplyTo; text: string | undefined; muted: string }) {
  const { t } = useTranslation();
  return (
    <span data-testid="chat-replied" className={clsx('flex min-w-0 items-center gap-1 text-xs', muted)}>
      <CornerDownRight aria-hidden className="size-3 shrink-0 rtl:-scale-x-100" />
      <span className="sr-only">{t('chat.replyingTo', { name: replyTo.name })}</span>
      <span aria-hidden className="truncate">
        <bdi className="font-semibold">{replyTo.name}</bdi> {text !== undefined && <bdi>{text}</bdi>}
      </span>
    </span>
  );
}
