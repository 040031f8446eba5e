import type { ShowId } from '@souk/protocol/ids';
import { useTranslation } from 'react-i18next';
import { formatRemaining } from '../../../i18n/formats.ts';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { useRecording } from './use-recording.ts';

/** Whether the show is recorded, and while it is, how long its recording has become. */
export function RecordingSwitch({ showId, isOnAir }: { showId: ShowId; isOnAir: boolean }) {
  const { t } = useTranslation();
  const { present, setting } = useRecording(showId, isOnAir);
  if (present.data === undefined) return <ErrorMessage error={present.error} />;
  const { isRecorded, recording } = present.data;
  const isRunning = isRecorded && recording?.status === 'active';
  return (
    <section data-testid="recording" data-recorded={isRecorded}>
      <Switch
        label={t('broadcast.record')}
        hint={
          isRunning
            ? t('broadcast.recordingNow', { time: formatRemaining(recording.durationMs) })
            : isOnAir
              ? undefined
              : t('broadcast.recordText')
        }
        checked={isRecorded}
        disabled={setting.isPending}
        onChange={(next) => setting.mutate(next)}
      />
      <ErrorMessage error={setting.error} />
    </section>
  );
}
