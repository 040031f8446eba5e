import type { ShowId } from '@souk/protocol/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ShieldQuestion } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { refreshSession } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StaffHeader } from '../staff/staff-header.tsx';

/** Says that the host has to invite first, and looks again: an invitation counts from the next token on. */
export function NotModerator({ showId }: { showId: ShowId }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const looking = useMutation({
    mutationFn: async () => {
      await refreshSession();
      await client.invalidateQueries({ queryKey: ['show', showId] });
    },
  });
  return (
    <>
      <StaffHeader title={t('moderation.title')} />
      <EmptyState
        icon={<ShieldQuestion />}
        title={t('moderation.notModerator')}
        text={t('moderation.notModeratorText')}
        code="FORBIDDEN"
        action={
          <Button busy={looking.isPending} onClick={() => looking.mutate()}>
            {t('moderation.lookAgain')}
          </Button>
        }
      />
    </>
  );
}
