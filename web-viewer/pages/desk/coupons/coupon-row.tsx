import type { Coupon } from '@souk/protocol/http/coupons';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { benefitText } from '../../../shop/coupon/benefit-text.ts';
import { Badge, type BadgeProps } from '../../../ui/badge.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { useServerNow } from '../../../ui/use-server-now.ts';
import { type CouponState, couponState } from './coupon-state.ts';

const tones: Record<CouponState, NonNullable<BadgeProps['tone']>> = {
  active: 'success',
  scheduled: 'accent',
  over: 'neutral',
  'used-up': 'danger',
  off: 'neutral',
};

/** One coupon: what it gives, whether it counts now, and how far it is used. Leads to its terms. */
export function CouponRow({ coupon, onEdit }: { coupon: Coupon; onEdit: () => void }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const state = couponState(coupon, useServerNow(1_000));
  const terms = [
    coupon.title,
    ...(coupon.minItemsMinor > 0
      ? [t('coupons.from', { amount: money(coupon.minItemsMinor, coupon.currency) })]
      : []),
    t('coupons.perBuyerTerm', { count: coupon.perBuyerLimit }),
  ].filter((text) => text !== '');
  return (
    <button
      type="button"
      data-testid="coupon-row"
      data-state={state}
      onClick={onEdit}
      className="grid w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-3 rounded-large border border-line bg-surface-raised px-4 py-3 text-start transition-colors hover:bg-surface-hover lg:grid-cols-[minmax(0,1fr)_12rem_16rem_1rem]"
    >
      <span className="min-w-0">
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <bdi className="font-mono text-base font-semibold tracking-wide">{coupon.code}</bdi>
          <span className="font-medium text-accent-text">{benefitText(coupon, t, money)}</span>
        </span>
        <span className="block truncate text-sm text-text-muted">{terms.join(' · ')}</span>
      </span>
      <span className="flex flex-col items-end gap-1 lg:items-start">
        <Badge tone={tones[state]}>{t(`coupons.states.${state}`)}</Badge>
        <Window coupon={coupon} />
      </span>
      <span className="col-span-2 flex flex-col gap-2 lg:col-span-1">
        <Usage coupon={coupon} />
      </span>
      <ChevronRight aria-hidden className="hidden size-4 text-text-muted lg:block rtl:-scale-x-100" />
    </button>
  );
}

function Window({ coupon }: { coupon: Coupon }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { startsAt, endsAt } = coupon;
  if (startsAt === null && endsAt === null) return null;
  return (
    <span className="text-xs text-text-muted">
      {startsAt !== null && <span className="block">{t('coupons.since', { date: date(startsAt) })}</span>}
      {endsAt !== null && <span className="block">{t('coupons.until', { date: date(endsAt) })}</span>}
    </span>
  );
}

function Usage({ coupon }: { coupon: Coupon }) {
  const { t } = useTranslation();
  const { money, count } = useFormat();
  const { redemptions, maxRedemptions, spentMinor, budgetMinor, currency } = coupon;
  const uses =
    maxRedemptions === null
      ? t('coupons.used', { count: redemptions })
      : t('coupons.usedOf', { used: count(redemptions), most: count(maxRedemptions) });
  const spent =
    budgetMinor === null
      ? t('coupons.spent', { amount: money(spentMinor, currency) })
      : t('coupons.spentOf', { amount: money(spentMinor, currency), most: money(budgetMinor, currency) });
  return (
    <>
      <Gauge text={uses} value={redemptions} total={maxRedemptions} />
      <Gauge text={spent} value={spentMinor} total={budgetMinor} />
    </>
  );
}

function Gauge({ text, value, total }: { text: string; value: number; total: number | null }) {
  return (
    <span className="flex flex-col gap-1">
      <span className="figures text-xs text-text-muted">{text}</span>
      {total !== null && <ProgressBar value={value} total={total} label={text} />}
    </span>
  );
}
