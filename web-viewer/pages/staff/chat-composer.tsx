import { createId, type ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { useMutation } from '@tanstack/react-query';
import { SendHorizontal } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hub } from '../../api/hub.ts';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { inputClass } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

/** Says something as the show's staff. What could not be sent stays in the field. */
export function ChatComposer({ showId }: { showId: ShowId }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  // Kept until the message is taken or changed: sent again after a lost answer, it is still said once.
  const [commandId, setCommandId] = useState(() => createId('command'));
  const sending = useMutation({
    mutationFn: (said: string) => hub.send('chat:send', { showId, commandId, text: said }),
    onSuccess: (_, said) => {
      // What was typed meanwhile stays.
      setText((now) => (now === said ? '' : now));
      setCommandId(createId('command'));
    },
  });
  const change = (next: string): void => {
    setText(next);
    if (!sending.isError) return;
    sending.reset();
    setCommandId(createId('command'));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '' && !sending.isPending) sending.mutate(text);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <ErrorMessage error={sending.error} />
      <div className="flex items-center gap-1">
        <input
          data-testid="chat-input"
          aria-label={t('staff.say')}
          placeholder={t('staff.say')}
          maxLength={limits.chatTextCodePoints}
          autoComplete="off"
          enterKeyHint="send"
          dir={text === '' ? undefined : 'auto'}
          value={text}
          onChange={(event) => change(event.target.value)}
          className={inputClass}
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
