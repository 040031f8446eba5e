import { useQuery } from '@tanstack/react-query';
import { Store } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StaffGate } from '../staff/staff-gate.tsx';
import { useTitle } from '../staff/use-title.ts';
import { CreateShowForm } from './create-show-form.tsx';
import { MyShows } from './my-shows.tsx';

/** Where a host makes a show and finds the earlier ones. */
export function StudioHomePage() {
  const { t } = useTranslation();
  useTitle(t('common.studio'));
  return (
    <StaffGate roles={['host', 'merchant', 'admin']}>
      <div className="flex flex-col gap-10">
        <header className="flex flex-col gap-1">
          <h1 className="text-2xl font-semibold">{t('studio.homeTitle')}</h1>
          <p className="text-text-muted">{t('studio.homeText')}</p>
        </header>
        <NewShow />
        <MyShows />
      </div>
    </StaffGate>
  );
}

function NewShow() {
  const { t } = useTranslation();
  const merchants = useQuery({
    queryKey: ['merchants'],
    queryFn: ({ signal }) => api.call('merchant:list', {}, { signal }),
  });
  if (merchants.isError) return <ErrorMessage error={merchants.error} />;
  if (merchants.data === undefined) return <Skeleton className="h-96 rounded-large" />;
  const [first, ...others] = merchants.data.merchants;
  if (first === undefined) {
    return <EmptyState icon={<Store />} title={t('studio.noMerchant')} text={t('studio.noMerchantText')} />;
  }
  return <CreateShowForm merchants={[first, ...others]} />;
}
