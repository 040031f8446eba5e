import type { ShowId } from '@souk/protocol/ids';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatRemaining } from '../../../i18n/formats.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { useRecording } from './use-recording.ts';

const BYTES_PER_MB = 1_000_000;

/** What there is of an ended show's recording: the way to it, until when it is kept, and how to remove it. */
export function RecordingCard({ showId }: { showId: ShowId }) {
  const { t } = useTranslation();
  const { count, date } = useFormat();
  const { present, removing } = useRecording(showId, true);
  const [isAsking, setAsking] = useState(false);
  const recording = present.data?.recording ?? null;
  if (recording === null) return null;
  const { status, durationMs, sizeBytes, removeAt } = recording;
  const facts = {
    time: formatRemaining(durationMs),
    size: count(Math.max(1, Math.round(sizeBytes / BYTES_PER_MB))),
  };
  return (
    <Card data-testid="recording-card" className="flex flex-wrap items-center gap-4">
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold">{t('media.replay')}</h2>
        <p className="figures text-sm text-text-muted">
          {status === 'active' && t('media.replayComing')}
          {status === 'removed' && t('broadcast.recordingRemoved')}
          {status === 'ready' && t('broadcast.recordingReady', facts)}
          {status === 'ready' &&
            removeAt !== null &&
            ` · ${t('broadcast.recordingUntil', { date: date(removeAt) })}`}
        </p>
        <ErrorMessage error={removing.error} />
      </div>
      {status === 'ready' && (
        <div className="flex flex-wrap gap-2">
          <Button asChild variant="solid">
            <Link to={`/watch/${showId}/replay`}>
              <Play aria-hidden className="size-4 fill-current" />
              {t('media.watchReplay')}
            </Link>
          </Button>
          <Button variant="danger-soft" data-testid="remove-recording" onClick={() => setAsking(true)}>
            {t('broadcast.removeRecording')}
          </Button>
        </div>
      )}
      <Dialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('broadcast.removeRecording')}
        description={t('broadcast.removeRecordingText')}
      >
        <Button
          variant="danger"
          busy={removing.isPending}
          onClick={() => removing.mutate(undefined, { onSettled: () => setAsking(false) })}
        >
          {t('broadcast.removeRecording')}
        </Button>
      </Dialog>
    </Card>
  );
}
