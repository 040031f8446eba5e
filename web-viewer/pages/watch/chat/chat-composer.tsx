import type { ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { clsx } from 'clsx';
import { SendHorizontal } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ReplyChip } from './reply-chip.tsx';
import { useSay } from './use-say.ts';

export interface ChatComposerProps {
  feed: ShowFeed;
  showId: ShowId;
  place: 'stage' | 'column';
  /** Buttons that stand in one row with the field. */
  children?: ReactNode;
}

/** Says something, or answers somebody; what could not be sent stays in the field. */
export function ChatComposer({ feed, showId, place, children }: ChatComposerProps) {
  const { t } = useTranslation();
  const { text, replyTo, secondsLeft, error, write, send } = useSay(feed, showId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-1 flex-col gap-2">
      <ErrorMessage error={error} />
      {replyTo !== null && <ReplyChip replyTo={replyTo} place={place} />}
      <div className="flex items-center gap-2">
        <div
          className={clsx(
            'flex min-w-0 flex-1 items-center rounded-full',
            place === 'stage' ? 'glass on-stage' : 'border border-line-strong bg-surface-raised',
          )}
        >
          <input
            data-testid="chat-input"
            aria-label={t('watch.say')}
            placeholder={secondsLeft > 0 ? t('chat.slowShort') : t('watch.say')}
            maxLength={limits.chatTextCodePoints}
            autoComplete="off"
            enterKeyHint="send"
            // An empty field follows the page's direction, so that the words in it do.
            dir={text === '' ? undefined : 'auto'}
            value={text}
            onChange={(event) => write(event.target.value)}
            className={clsx(
              'min-h-11 min-w-0 flex-1 rounded-full bg-transparent ps-4 text-base outline-offset-0',
              place === 'stage' ? 'placeholder:text-on-stage-muted' : 'placeholder:text-text-muted',
            )}
          />
          {secondsLeft > 0 ? (
            <span
              data-testid="slow-mode"
              role="timer"
              title={t('chat.slow')}
              className={clsx(
                'figures grid size-11 shrink-0 place-items-center text-sm font-semibold',
                place === 'stage' ? 'text-on-stage-muted' : 'text-text-muted',
              )}
            >
              <span className="sr-only">{t('chat.slow')}</span>
              {secondsLeft}
            </span>
          ) : (
            <IconButton
              type="submit"
              data-testid="chat-send"
              label={t('watch.send')}
              icon={<SendHorizontal className="size-5 rtl:-scale-x-100" />}
              className={clsx(
                place === 'stage' && 'text-on-stage hover:bg-stage/60',
                text.trim() === '' ? 'opacity-50' : 'text-accent-text',
              )}
            />
          )}
        </div>
        {children}
      </div>
    </form>
  );
}
