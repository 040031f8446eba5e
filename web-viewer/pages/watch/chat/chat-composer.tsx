import { createId, type ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { useMutation } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { SendHorizontal } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hub } from '../../../api/hub.ts';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';

export interface ChatComposerProps {
  showId: ShowId;
  place: 'stage' | 'column';
  /** Buttons that stand in one row with the field. */
  children?: ReactNode;
}

/** Says something; what could not be sent stays in the field. */
export function ChatComposer({ showId, place, children }: ChatComposerProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [commandId, setCommandId] = useState(() => createId('command'));
  const sending = useMutation({
    mutationFn: (said: string) => hub.send('chat:send', { showId, commandId, text: said }),
    onSuccess: (_, said) => {
      // What was typed meanwhile stays.
      setText((now) => (now === said ? '' : now));
      setCommandId(createId('command'));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '' && !sending.isPending) sending.mutate(text);
  };
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-1 flex-col gap-2">
      <ErrorMessage error={sending.error} />
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
            placeholder={t('watch.say')}
            maxLength={limits.chatTextCodePoints}
            autoComplete="off"
            enterKeyHint="send"
            // An empty field follows the page's direction, so that the words in it do.
            dir={text === '' ? undefined : 'auto'}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              if (!sending.isError) return;
              sending.reset();
              setCommandId(createId('command'));
            }}
            className={clsx(
              'min-h-11 min-w-0 flex-1 rounded-full bg-transparent ps-4 text-base outline-offset-0',
              place === 'stage' ? 'placeholder:text-on-stage-muted' : 'placeholder:text-text-muted',
            )}
          />
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
        </div>
        {children}
      </div>
    </form>
  );
}
