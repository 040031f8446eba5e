import type { Merchant } from '@souk/protocol/http/desk';
import { useQuery } from '@tanstack/react-query';
import {
  Boxes,
  Landmark,
  MessagesSquare,
  Package,
  ReceiptText,
  SlidersHorizontal,
  Store,
  Ticket,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { api } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StaffGate } from '../staff/staff-gate.tsx';
import { useTitle } from '../staff/use-title.ts';
import { ListSkeleton } from './list-skeleton.tsx';
import { type DeskContext, useDeskLink } from './use-desk.ts';

/** The merchant's desk: the frame around its tabs, each of which is a page of its own. */
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
  const chosenId = new URLSearchParams(useLocation().search).get('shop');
  const merchants = useQuery({
    queryKey: ['merchants'],
    queryFn: ({ signal }) => api.call('merchant:list', {}, { signal }),
  });
  if (merchants.isError) return <ErrorMessage error={merchants.error} />;
  if (merchants.data === undefined) return <DeskSkeleton />;
  const list = merchants.data.merchants;
  const merchant = list.find(({ id }) => id === chosenId) ?? list[0];
  if (merchant === undefined) {
    return <EmptyState icon={<Store />} title={t('desk.noMerchant')} text={t('desk.noMerchantText')} />;
  }
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-3">
        <header className="flex min-h-11 flex-wrap items-center gap-4">
          <h1 className="min-w-0 flex-1 truncate text-2xl font-semibold">{merchant.name}</h1>
          {list.length > 1 && <ShopSelect merchant={merchant} list={list} />}
        </header>
        <DeskTabs />
      </div>
      <Outlet key={merchant.id} context={{ merchant } satisfies DeskContext} />
    </div>
  );
}

function DeskTabs() {
  const { t } = useTranslation();
  const link = useDeskLink();
  const tabs = [
    { to: link('products'), label: t('desk.products'), icon: <Package /> },
    { to: link('stock'), label: t('desk.stock'), icon: <Boxes /> },
    { to: link('coupons'), label: t('desk.coupons'), icon: <Ticket /> },
    { to: link('orders'), label: t('desk.orders'), icon: <ReceiptText /> },
    { to: link('payments'), label: t('desk.payments'), icon: <Landmark /> },
    { to: link('community'), label: t('community.title'), icon: <MessagesSquare /> },
    { to: link('settings'), label: t('desk.settings'), icon: <SlidersHorizontal /> },
  ];
  return <LinkTabs label={t('common.desk')} tabs={tabs} />;
}

function ShopSelect({ merchant, list }: { merchant: Merchant; list: readonly Merchant[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const tab = useLocation().pathname.split('/')[2] ?? 'products';
  return (
    <Select
      label={t('desk.merchant')}
      labelHidden
      value={merchant.id as string}
      options={list.map(({ id, name }) => ({ value: id as string, label: name }))}
      onChange={(shop) => navigate({ pathname: `/desk/${tab}`, search: `?shop=${shop}` })}
    />
  );
}

function DeskSkeleton() {
  return (
    <div className="flex flex-col gap-6">
      <Skeleton className="h-10 w-56" />
      <Skeleton className="h-11" />
      <ListSkeleton />
    </div>
  );
}
