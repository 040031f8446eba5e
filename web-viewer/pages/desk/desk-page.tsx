import type { Merchant } from '@souk/protocol/http/desk';
import { useQuery } from '@tanstack/react-query';
import { Store } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { StaffGate } from '../staff/staff-gate.tsx';
import { useTitle } from '../staff/use-title.ts';
import { OrdersTab } from './orders-tab.tsx';
import { PolicyTab } from './policy-tab.tsx';
import { StockTab } from './stock-tab.tsx';

/** The merchant's desk: orders, stock, and who may chat and buy. */
export function DeskPage() {
  const { t } = useTranslation();
  useTitle(t('common.desk'));
  return (
    <StaffGate roles={['merchant', 'admin']}>
      <MerchantChoice />
    </StaffGate>
  );
}

function MerchantChoice() {
  const { t } = useTranslation();
  const [chosenId, setChosenId] = useState<string>();
  const merchants = useQuery({
    queryKey: ['merchants'],
    queryFn: ({ signal }) => api.call('merchant:list', {}, { signal }),
  });
  if (merchants.isError) return <ErrorMessage error={merchants.error} />;
  if (merchants.data === undefined) return <Skeleton className="h-96 rounded-large" />;
  const list = merchants.data.merchants;
  const merchant = list.find(({ id }) => id === chosenId) ?? list[0];
  if (merchant === undefined) {
    return <EmptyState icon={<Store />} title={t('desk.noMerchant')} text={t('desk.noMerchantText')} />;
  }
  return (
    <div className="flex flex-col gap-6">
      <header className="flex flex-wrap items-center gap-4">
        <h1 className="flex-1 text-2xl font-semibold">{merchant.name}</h1>
        {list.length > 1 && (
          <Select
            label={t('desk.merchant')}
            labelHidden
            value={merchant.id as string}
            options={list.map(({ id, name }) => ({ value: id as string, label: name }))}
            onChange={setChosenId}
          />
        )}
      </header>
      <Desk key={merchant.id} merchant={merchant} />
    </div>
  );
}

type DeskTab = 'orders' | 'stock' | 'policy';

function Desk({ merchant }: { merchant: Merchant }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<DeskTab>('orders');
  return (
    <Tabs<DeskTab>
      label={t('common.desk')}
      value={tab}
      onChange={setTab}
      items={[
        { value: 'orders', label: t('desk.orders'), content: <OrdersTab merchantId={merchant.id} /> },
        { value: 'stock', label: t('desk.stock'), content: <StockTab merchantId={merchant.id} /> },
        { value: 'policy', label: t('desk.policy'), content: <PolicyTab merchant={merchant} /> },
      ]}
    />
  );
}
