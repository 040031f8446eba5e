import type { CouponBenefit } from '@souk/protocol/coupon';
import type { Currency } from '@souk/protocol/money';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';

/** What a coupon takes off, in words. */
export function useBenefitText(): (benefit: CouponBenefit, currency: Currency) => string {
  const { t } = useTranslation();
  const { money } = useFormat();
  return (benefit, currency) => {
    switch (benefit.kind) {
      case 'percent':
        return t('coupons.percentOff', { percent: benefit.percent });
      case 'amount':
        return t('coupons.amountOff', { amount: money(benefit.amountMinor, currency) });
      case 'free-shipping':
        return t('coupons.kinds.free-shipping');
    }
  };
}
