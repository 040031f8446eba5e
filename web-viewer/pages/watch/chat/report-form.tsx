import { type ReportReason, reportReasons } from '@souk/protocol/chat';
import type { MessageId, ShowId, UserId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { showToast } from '../../../ui/toast.tsx';

export interface ReportFormProps {
  showId: ShowId;
  userId: UserId;
  /** Null reports the person. */
  messageId: MessageId | null;
  onDone: () => void;
}

/** Tells the staff of the show what is wrong with a message or a person. */
export function ReportForm({ showId, userId, messageId, onDone }: ReportFormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState<ReportReason>();
  const [note, setNote] = useState('');
  const filing = useMutation({
    mutationFn: (chosen: ReportReason) =>
      api.call('report:file', { params: { showId }, body: { userId, messageId, reason: chosen, note } }),
    onSuccess: () => {
      showToast(t('chat.reported'), { tone: 'success' });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason !== undefined) filing.mutate(reason);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <fieldset className="flex flex-col">
        <legend className="pb-1 text-sm font-medium">{t('chat.reportWhy')}</legend>
        {reportReasons.map((value) => (
          <label key={value} className="flex min-h-11 cursor-pointer items-center gap-3">
            <input
              type="radio"
              name="reason"
              value={value}
              checked={reason === value}
              onChange={() => setReason(value)}
              className="size-5 accent-(--accent)"
            />
            {t(`chat.reasons.${value}`)}
          </label>
        ))}
      </fieldset>
      <TextArea
        label={t('chat.reportNote')}
        rows={2}
        maxLength={limits.reportNoteLength}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <ErrorMessage error={filing.error} />
      <Button
        type="submit"
        variant="solid"
        size="large"
        data-testid="report-send"
        disabled={reason === undefined}
        busy={filing.isPending}
      >
        {t('chat.reportSend')}
      </Button>
    </form>
  );
}
