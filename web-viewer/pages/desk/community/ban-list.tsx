import type { UserId } from '@souk/protocol/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/session.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { MoreButton } from '../../staff/more-button.tsx';
import { useDesk } from '../use-desk.ts';
import { Section } from './section.tsx';
import { useNumberPages } from './use-number-pages.ts';

/** Who is banned from every show of the shop, and the way to lift a ban. */
export function BanList() {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { merchant } = useDesk();
  const client = useQueryClient();
  const params = { merchantId: merchant.id };
  const queryKey = ['bans', merchant.id];
  const pages = useNumberPages({
    queryKey,
    load: (before, signal) => api.call('ban:list', { params, query: { before } }, { signal }),
  });
  const lifting = useMutation({
    mutationFn: ({ userId }: { userId: UserId; name: string }) =>
      api.call('ban:lift', { params: { ...params, userId } }),
    onSuccess: (_, { name }) => {
      showToast(t('staff.done.unban', { name }), { tone: 'success' });
      return client.invalidateQueries({ queryKey });
    },
  });
  const bans = pages.data?.pages.flatMap((page) => page.bans) ?? [];
  return (
    <Section title={t('community.bans')} text={t('community.bansText')} data-testid="bans">
      <ErrorMessage error={pages.error ?? lifting.error} />
      {pages.data === undefined && !pages.isError && <Skeleton className="h-20" />}
      {pages.data !== undefined && bans.length === 0 && (
        <p className="text-sm text-text-muted">{t('community.noBans')}</p>
      )}
      {bans.length > 0 && (
        <ul className="max-h-96 divide-y divide-line overflow-y-auto">
          {bans.map((ban) => (
            <li key={ban.userId} data-testid="ban" className="flex items-center gap-3 py-2">
              <div className="min-w-0 flex-1 text-sm">
                <p className="font-medium wrap-anywhere">
                  <bdi>{ban.name}</bdi>
                  {ban.reason !== '' && (
                    <span dir="auto" className="font-normal">
                      {' '}
                      “{ban.reason}”
                    </span>
                  )}
                </p>
                <p className="text-text-muted">
                  <bdi>{ban.bannedByName}</bdi> · {date(ban.at)}
                </p>
              </div>
              <Button
                size="small"
                variant="outline"
                data-testid="lift-ban"
                busy={lifting.isPending && lifting.variables.userId === ban.userId}
                onClick={() => lifting.mutate({ userId: ban.userId, name: ban.name })}
              >
                {t('community.lift')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <MoreButton pages={pages} />
    </Section>
  );
}
