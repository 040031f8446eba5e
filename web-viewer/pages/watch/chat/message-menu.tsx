import type { ShowId } from '@souk/protocol/ids';
import type { ChatMessage } from '@souk/protocol/timeline/state';
import { Flag, MessageCircleReply, UserRoundX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog.tsx';
import { openMessage, setReplyTo, useOpenedMessage } from './chat-store.ts';
import { ReportForm } from './report-form.tsx';

export interface MessageMenuProps {
  showId: ShowId;
  /** The chat is open to this person. */
  canReply: boolean;
}

/** What a viewer can do about somebody's message: answer it, report it, or report the person. */
export function MessageMenu({ showId, canReply }: MessageMenuProps) {
  const message = useOpenedMessage();
  return message === null ? null : (
    <OneMessage key={message.messageId} message={message} showId={showId} canReply={canReply} />
  );
}

function OneMessage({ message, showId, canReply }: MessageMenuProps & { message: ChatMessage }) {
  const { t } = useTranslation();
  const [about, setAbout] = useState<'message' | 'person'>();
  const close = () => openMessage(null);
  const reply = () => {
    setReplyTo({ messageId: message.messageId, name: message.name });
    close();
    // The field is there again once the dialog is gone.
    window.setTimeout(() => document.querySelector<HTMLElement>('[data-testid="chat-input"]')?.focus());
  };
  const title =
    about === undefined
      ? message.name
      : t(about === 'message' ? 'chat.reportMessage' : 'chat.reportPerson', { name: message.name });
  return (
    <Dialog open onOpenChange={(open) => !open && close()} title={title}>
      <blockquote className="max-h-32 overflow-y-auto border-s-2 border-line-strong ps-3 text-sm text-text-muted wrap-anywhere">
        <bdi>{message.text}</bdi>
      </blockquote>
      {about === undefined ? (
        <div className="-mx-2 flex flex-col">
          {canReply && (
            <Choice testId="reply" icon={<MessageCircleReply />} onPress={reply}>
              {t('chat.reply')}
            </Choice>
          )}
          <Choice testId="report-message" icon={<Flag />} onPress={() => setAbout('message')}>
            {t('chat.reportMessage')}
          </Choice>
          <Choice testId="report-person" icon={<UserRoundX />} onPress={() => setAbout('person')}>
            {t('chat.reportPerson', { name: message.name })}
          </Choice>
        </div>
      ) : (
        <ReportForm
          showId={showId}
          userId={message.userId}
          messageId={about === 'message' ? message.messageId : null}
          onDone={close}
        />
      )}
    </Dialog>
  );
}

interface ChoiceProps {
  testId: string;
  icon: ReactNode;
  onPress: () => void;
  children: ReactNode;
}

function Choice({ testId, icon, onPress, children }: ChoiceProps) {
  return (
    <button
      type="button"
      data-testid={testId}
      onClick={onPress}
      className="flex min-h-12 items-center gap-3 rounded-small px-2 text-start text-base hover:bg-surface-hover [&>svg]:size-5 [&>svg]:shrink-0"
    >
      {icon}
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </button>
  );
}
