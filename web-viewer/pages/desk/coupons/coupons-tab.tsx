import type { Coupon } from '@souk/protocol/http/coupons';
import { useQuery } from '@tanstack/react-query';
import { Plus, Ticket } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { ListSkeleton } from '../list-skeleton.tsx';
import { useDesk } from '../use-desk.ts';
import { CouponDrawer } from './coupon-drawer.tsx';
import { CouponRow } from './coupon-row.tsx';

const REFRESH_MS = 10_000;

/** The coupons of the shop, newest first, and how far each is used. */
export function CouponsTab() {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  /** `new`, a coupon, or null: closed. */
  const [editing, setEditing] = useState<Coupon | 'new' | null>(null);
  const coupons = useQuery({
    queryKey: ['coupons', merchant.id],
    queryFn: ({ signal }) => api.call('coupon:list', { params: { merchantId: merchant.id } }, { signal }),
    refetchInterval: REFRESH_MS,
  });
  const list = coupons.data?.coupons ?? [];
  const create = (
    <Button variant="accent" data-testid="new-coupon" onClick={() => setEditing('new')}>
      <Plus aria-hidden className="size-4" />
      {t('coupons.new')}
    </Button>
  );
  return (
    <div className="flex flex-col gap-4">
      <ErrorMessage error={coupons.error} />
      {coupons.data === undefined && !coupons.isError && <ListSkeleton />}
      {coupons.data !== undefined && list.length === 0 && (
        <EmptyState
          icon={<Ticket />}
          title={t('coupons.empty')}
          text={t('coupons.emptyText')}
          action={create}
        />
      )}
      {list.length > 0 && (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="max-w-prose text-sm text-text-muted">{t('coupons.pinHint')}</p>
            {create}
          </div>
          <ul className="flex flex-col gap-2">
            {list.map((coupon) => (
              <li key={coupon.id}>
                <CouponRow coupon={coupon} onEdit={() => setEditing(coupon)} />
              </li>
            ))}
          </ul>
        </>
      )}
      <CouponDrawer editing={editing} onClose={() => setEditing(null)} />
    </div>
  );
}
