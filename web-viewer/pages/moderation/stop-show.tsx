import type { ShowId } from '@souk/protocol/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Select } from '../../ui/select.tsx';
import { GraceBar } from '../staff/grace-bar.tsx';
import { useGrace } from '../staff/use-grace.ts';

/** Why a show is stopped; the name goes into the record, the words are in the catalogue. */
const reasons = ['rules', 'safety', 'technical', 'other'] as const;
type Reason = (typeof reasons)[number];

/** Stops the show for everybody at one press; for five seconds the press can be taken back. */
export function StopShow({ showId }: { showId: ShowId }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [reason, setReason] = useState<Reason>('rules');
  const stopping = useMutation({
    mutationFn: () => api.call('show:stop', { params: { showId }, body: { reason } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['show', showId] }),
  });
  const grace = useGrace(() => stopping.mutate());
  return (
    <div className="ms-4 flex items-center gap-2">
      <ErrorMessage error={stopping.error} />
      <Select
        label={t('moderation.stopReason')}
        labelHidden
        value={reason}
        options={reasons.map((each) => ({ value: each, label: t(`moderation.stopReasons.${each}`) }))}
        onChange={setReason}
        className="w-44"
      />
      <Button variant="danger" data-testid="stop-show" busy={stopping.isPending} onClick={grace.start}>
        {t('moderation.stopShow')}
      </Button>
      <GraceBar grace={grace} text={(count) => t('moderation.stopsIn', { count })} />
    </div>
  );
}
