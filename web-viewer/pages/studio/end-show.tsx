import type { ShowId } from '@souk/protocol/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { GraceBar } from '../staff/grace-bar.tsx';
import { useGrace } from '../staff/use-grace.ts';

/** Ends the show at one press; for five seconds the press can be taken back. */
export function EndShow({ showId }: { showId: ShowId }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: () => api.call('show:end', { params: { showId }, body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['show', showId] }),
  });
  const grace = useGrace(() => ending.mutate());
  return (
    <>
      <ErrorMessage error={ending.error} />
      <Button
        size="small"
        variant="danger-soft"
        data-testid="end-show"
        className="ms-4"
        busy={ending.isPending}
        onClick={grace.start}
      >
        {t('studio.endShow')}
      </Button>
      <GraceBar grace={grace} text={(count) => t('studio.endsIn', { count })} />
    </>
  );
}
