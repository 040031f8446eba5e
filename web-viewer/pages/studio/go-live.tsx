import type { ShowId } from '@souk/protocol/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Radio } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import type { PictureSourceChoice } from './broadcast/picture-source.ts';

export interface GoLiveProps {
  showId: ShowId;
  source: PictureSourceChoice;
  isReady: boolean;
  /** Brings what was changed to the server first; when it rejects, the show stays a draft. */
  prepare: () => Promise<void>;
}

/** Puts the show on air. Without a picture it waits, since viewers would see nothing. */
export function GoLive({ showId, source, isReady, prepare }: GoLiveProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const going = useMutation({
    mutationFn: async () => {
      await prepare();
      return api.call('show:go-live', { params: { showId } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['show', showId] }),
  });
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-text-muted">{words()}</p>
      <ErrorMessage error={going.error} />
      <Button
        variant="accent"
        size="large"
        data-testid="go-live"
        disabled={!isReady}
        busy={going.isPending}
        onClick={() => going.mutate()}
      >
        <Radio aria-hidden className="size-5" />
        {t('studio.goLive')}
      </Button>
    </div>
  );
  function words(): string {
    if (source === 'encoder') return isReady ? t('broadcast.encoderReady') : t('broadcast.encoderNotReady');
    return isReady ? t('studio.readyText') : t('studio.notReadyText');
  }
}
