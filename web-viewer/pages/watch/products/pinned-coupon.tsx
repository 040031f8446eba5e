import type { CouponCard } from '@souk/protocol/coupon';
import type { MerchantId } from '@souk/protocol/ids';
import { Check, Copy, TicketPercent } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { keepCoupon, useKeptCoupon } from '../../../shop/checkout/coupon-store.ts';
import { benefitText } from '../../../shop/coupon/benefit-text.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useServerNowAt } from '../../../ui/use-server-now.ts';

/** The coupon that the host shows: what it gives, its code, and one press to have it at the checkout. */
export function PinnedCoupon({ feed }: { feed: ShowFeed }) {
  const coupon = useFeed(feed, (state) => state.show.pinnedCoupon);
  const merchantId = useFeed(feed, (state) => state.show.facts?.merchantId);
  const hasEnded = useFeed(feed, (state) => state.show.status === 'ended');
  const now = useServerNowAt(coupon?.endsAt == null ? [] : [coupon.endsAt]);
  if (coupon === null || merchantId === undefined || hasEnded) return null;
  if (coupon.endsAt !== null && coupon.endsAt <= now) return null;
  return <CouponStrip coupon={coupon} merchantId={merchantId} />;
}

function CouponStrip({ coupon, merchantId }: { coupon: CouponCard; merchantId: MerchantId }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const { code, title, minItemsMinor, currency } = coupon;
  const isKept = useKeptCoupon(merchantId) === code;
  const copy = () => {
    navigator.clipboard.writeText(code).then(
      () => showToast(t('shop.couponCopied', { code }), { tone: 'success' }),
      () => showToast(t('shop.couponNotCopied', { code })),
    );
  };
  return (
    <article
      data-testid="pinned-coupon"
      data-code={code}
      className="flex animate-rise items-center gap-2 rounded-large border border-dashed border-accent bg-surface-raised py-1 ps-3 pe-1.5 text-text shadow-float lg:shadow-none"
    >
      <TicketPercent aria-hidden className="size-5 shrink-0 text-accent-text" />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5 leading-tight">
        <p className="truncate text-sm font-semibold" title={title}>
          {[benefitText(coupon, t, money), title].filter((part) => part !== '').join(' · ')}
        </p>
        <p className="flex min-w-0 items-baseline gap-1.5 text-xs text-text-muted">
          <code dir="ltr" className="truncate font-sans text-sm font-bold tracking-wide text-text select-all">
            {code}
          </code>
          {minItemsMinor > 0 && (
            <span className="shrink-0">
              {t('shop.couponFrom', { amount: money(minItemsMinor, currency) })}
            </span>
          )}
        </p>
      </div>
      <IconButton label={t('shop.couponCopy')} icon={<Copy className="size-4" />} onClick={copy} />
      <Button
        variant={isKept ? 'ghost' : 'soft'}
        data-testid="coupon-keep"
        aria-pressed={isKept}
        onClick={() => keepCoupon({ merchantId, code })}
      >
        {isKept && <Check aria-hidden className="size-4 text-success-text" />}
        {isKept ? t('shop.couponKept') : t('shop.couponKeep')}
      </Button>
    </article>
  );
}
