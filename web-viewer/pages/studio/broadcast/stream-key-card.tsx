import type { StreamKey } from '@souk/protocol/http/broadcast';
import type { ShowId } from '@souk/protocol/ids';
import { KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useArmed } from '../../staff/use-armed.ts';
import { CopyField } from './copy-field.tsx';
import { useStreamKey } from './use-stream-key.ts';

export interface StreamKeyCardProps {
  showId: ShowId;
  /** An encoder sends with the present key: what would cut it off asks once. */
  isSending: boolean;
}

/** What OBS is told: the server and the key, which is shown once; a new key ends the former one. */
export function StreamKeyCard({ showId, isSending }: StreamKeyCardProps) {
  const { t } = useTranslation();
  const armed = useArmed();
  const press = (name: string, step: () => void): void => (isSending ? armed.press(name, step) : step());
  const { present, rotating, revoking, secret } = useStreamKey(showId);
  const error = present.error ?? rotating.error ?? revoking.error;
  if (present.data === undefined)
    return error ? <ErrorMessage error={error} /> : <Skeleton className="h-48" />;
  const { server, key } = present.data;
  return (
    <section aria-labelledby="encoder-title" className="flex flex-col gap-3">
      <div>
        <h2 id="encoder-title" className="text-sm font-semibold">
          {t('broadcast.encoderTitle')}
        </h2>
        <p className="text-sm text-text-muted">{t('broadcast.encoderText')}</p>
      </div>
      <CopyField label={t('broadcast.server')} value={server} data-testid="encoder-server" />
      {secret !== undefined && (
        <div className="flex flex-col gap-1">
          <CopyField label={t('broadcast.key')} value={secret} data-testid="stream-key" />
          <p className="text-sm font-medium text-accent-text">{t('broadcast.keyOnce')}</p>
        </div>
      )}
      {secret === undefined && key !== null && <KeyFacts streamKey={key} />}
      <ErrorMessage error={error} />
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          variant={key === null ? 'solid' : 'outline'}
          data-testid="rotate-key"
          busy={rotating.isPending}
          title={key === null ? undefined : t('broadcast.rotateText')}
          onClick={() => press('rotate', () => rotating.mutate())}
        >
          <KeyRound aria-hidden className="size-4" />
          {armed.is('rotate')
            ? t('broadcast.pressAgain')
            : key === null
              ? t('broadcast.makeKey')
              : t('broadcast.rotateKey')}
        </Button>
        {key !== null && (
          <Button
            size="small"
            variant={armed.is('revoke') ? 'danger' : 'danger-soft'}
            data-testid="revoke-key"
            busy={revoking.isPending}
            onClick={() => press('revoke', () => revoking.mutate())}
          >
            {armed.is('revoke') ? t('broadcast.pressAgain') : t('broadcast.revokeKey')}
          </Button>
        )}
      </div>
    </section>
  );
}

function KeyFacts({ streamKey: { hint, lastUsedAt } }: { streamKey: StreamKey }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  return (
    <p data-testid="key-hint" className="text-sm text-text-muted">
      <span className="font-medium text-text">{t('broadcast.key')}</span> · {t('broadcast.keyHint', { hint })}{' '}
      · {lastUsedAt === null ? t('broadcast.keyUnused') : t('broadcast.keyUsed', { date: date(lastUsedAt) })}
    </p>
  );
}
