import type { Coupon } from '@souk/protocol/http/coupons';
import type { MerchantId, ShowId } from '@souk/protocol/ids';
import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { Ticket, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import { api } from '../../api/session.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { benefitText } from '../../shop/coupon/benefit-text.ts';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuLabel } from '../../ui/menu.tsx';
import { useServerNow } from '../../ui/use-server-now.ts';
import { couponState } from '../desk/coupons/coupon-state.ts';
import { useCouponPin } from './use-coupon-pin.ts';

export interface CouponPinProps {
  feed: ShowFeed;
  showId: ShowId;
}

/** Offers the coupons that can be used now; the chosen one is shown to the viewers. */
export function CouponMenu({ feed, showId }: CouponPinProps) {
  const merchantId = useFeed(feed, (state) => state.show.facts?.merchantId);
  return merchantId === undefined ? null : <CouponsOf merchantId={merchantId} showId={showId} />;
}

function CouponsOf({ merchantId, showId }: { merchantId: MerchantId; showId: ShowId }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const now = useServerNow(10_000);
  const { pin } = useCouponPin(showId);
  const coupons = useQuery({
    queryKey: ['coupons', merchantId],
    queryFn: ({ signal }) => api.call('coupon:list', { params: { merchantId } }, { signal }),
  });
  const usable = (coupons.data?.coupons ?? []).filter(
    (coupon: Coupon) => couponState(coupon, now) === 'active',
  );
  return (
    <Menu
      trigger={
        <IconButton
          size="small"
          data-testid="pin-coupon"
          label={t('studio.pinCoupon')}
          icon={<Ticket className="size-4" />}
        />
      }
    >
      <MenuLabel>{t('studio.pinCoupon')}</MenuLabel>
      {usable.length === 0 && (
        <p className="max-w-60 px-3 py-2 text-sm text-text-muted">{t('studio.noCoupons')}</p>
      )}
      {usable.map((coupon) => (
        <MenuItem key={coupon.id} data-testid="coupon-choice" onSelect={() => pin(coupon.id)}>
          <bdi className="font-mono font-semibold">{coupon.code}</bdi>
          <span className="text-text-muted">{benefitText(coupon, t, money)}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}

// As high with a coupon as without: the line-up below must not move when one is pinned or taken off.
const rowClass = 'flex min-h-13.5 items-center gap-2 rounded-small px-2 py-1 text-sm pointer-fine:min-h-10.5';

/** The coupon that the viewers see, and the way to take it off. */
export function PinnedCoupon({ feed, showId }: CouponPinProps) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const coupon = useFeed(feed, (state) => state.show.pinnedCoupon);
  const { unpin, error } = useCouponPin(showId);
  if (coupon === null) {
    return (
      <>
        <ErrorMessage error={error} />
        <p className={clsx(rowClass, 'border border-dashed border-line text-text-muted')}>
          <Ticket aria-hidden className="size-4" />
          {t('studio.noCouponPinned')}
        </p>
      </>
    );
  }
  return (
    <div data-testid="studio-coupon" className={clsx(rowClass, 'border border-transparent bg-accent-soft')}>
      <Ticket aria-hidden className="size-4 text-accent-text" />
      <bdi className="font-mono font-semibold">{coupon.code}</bdi>
      <span className="min-w-0 flex-1 truncate text-text-muted">
        {[benefitText(coupon, t, money), coupon.title].filter((text) => text !== '').join(' · ')}
      </span>
      <IconButton
        size="small"
        data-testid="unpin-coupon"
        label={t('studio.unpin', { title: coupon.code })}
        icon={<X className="size-4" />}
        onClick={unpin}
      />
    </div>
  );
}
