import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Select } from '../../ui/select.tsx';
import { GraceBar } from '../staff/grace-bar.tsx';
import { KeyHint } from '../staff/key-hint.tsx';
import { type Stopping, stopReasons } from './use-stopping.ts';

export interface StopShowProps {
  stopping: Stopping;
}

/** Stops the show for everybody at one press; for five seconds the press can be taken back. */
export function StopShow({ stopping }: StopShowProps) {
  const { t } = useTranslation();
  const { reason, setReason, isPending, error, grace } = stopping;
  return (
    <div className="flex items-center gap-2 lg:ms-2">
      <ErrorMessage error={error} />
      <Select
        label={t('moderation.stopReason')}
        labelHidden
        value={reason}
        options={stopReasons.map((each) => ({ value: each, label: t(`moderation.stopReasons.${each}`) }))}
        onChange={setReason}
        className="w-46 max-sm:hidden"
      />
      <Button
        variant="danger"
        data-testid="stop-show"
        aria-keyshortcuts="f"
        busy={isPending}
        onClick={grace.start}
      >
        {t('moderation.stopShow')}
        <KeyHint>F</KeyHint>
      </Button>
      <GraceBar grace={grace} text={(count) => t('moderation.stopsIn', { count })} undoKey="Z" />
    </div>
  );
}
