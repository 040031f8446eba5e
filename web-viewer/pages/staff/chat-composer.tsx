import { createId, type ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { useMutation } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { Megaphone, SendHorizontal } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hub } from '../../api/hub.ts';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { inputClass } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

export interface ChatComposerProps {
  showId: ShowId;
  /** True while what is said stands out for everybody. */
  isAnnouncing: boolean;
  onAnnouncing: (isAnnouncing: boolean) => void;
  inputRef?: Ref<HTMLInputElement>;
}

interface Saying {
  readonly text: string;
  readonly isAnnouncing: boolean;
}

/** Says or announces something as the show's staff. What could not be sent stays in the field. */
export function ChatComposer({ showId, isAnnouncing, onAnnouncing, inputRef }: ChatComposerProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  // Kept until the message is taken or changed: sent again after a lost answer, it is still said once.
  const [commandId, setCommandId] = useState(() => createId('command'));
  const sending = useMutation({
    mutationFn: (said: Saying) =>
      hub.send('chat:send', {
        showId,
        commandId,
        text: said.text,
        kind: said.isAnnouncing ? 'announcement' : 'message',
      }),
    onSuccess: (_, said) => {
      // What was typed meanwhile stays.
      setText((now) => (now === said.text ? '' : now));
      setCommandId(createId('command'));
      onAnnouncing(false);
    },
  });
  const forgetRefusal = (): void => {
    if (!sending.isError) return;
    sending.reset();
    setCommandId(createId('command'));
  };
  const change = (next: string): void => {
    setText(next);
    forgetRefusal();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '' && !sending.isPending) sending.mutate({ text, isAnnouncing });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Escape') return;
    onAnnouncing(false);
    event.currentTarget.blur();
  };
  const label = isAnnouncing ? t('staff.announceText') : t('staff.say');
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <ErrorMessage error={sending.error} />
      <div className="flex items-center gap-1">
        <IconButton
          data-testid="announce"
          variant={isAnnouncing ? 'soft' : 'plain'}
          aria-pressed={isAnnouncing}
          label={t('staff.announce')}
          icon={<Megaphone className={clsx('size-5', isAnnouncing && 'text-accent-text')} />}
          onClick={() => {
            forgetRefusal();
            onAnnouncing(!isAnnouncing);
          }}
        />
        <input
          ref={inputRef}
          data-testid="chat-input"
          aria-label={label}
          placeholder={label}
          maxLength={limits.chatTextCodePoints}
          autoComplete="off"
          enterKeyHint="send"
          dir={text === '' ? undefined : 'auto'}
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          className={clsx(inputClass, isAnnouncing && 'border-accent-text! bg-accent-soft')}
        />
        <IconButton
          type="submit"
          data-testid="chat-send"
          variant="soft"
          label={t('staff.send')}
          icon={<SendHorizontal className="size-5 rtl:-scale-x-100" />}
        />
      </div>
    </form>
  );
}
