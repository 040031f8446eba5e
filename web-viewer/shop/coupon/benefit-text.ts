import type { CouponCard } from '@souk/protocol/coupon';
import type { Currency } from '@souk/protocol/money';
import type { TFunction } from 'i18next';

/** What a coupon gives, in words. */
export function benefitText(
  { benefit, currency }: Pick<CouponCard, 'benefit' | 'currency'>,
  t: TFunction,
  money: (amountMinor: number, currency: Currency) => string,
): string {
  switch (benefit.kind) {
    case 'percent':
      return t('shop.benefitPercent', { percent: benefit.percent });
    case 'amount':
      return t('shop.benefitAmount', { amount: money(benefit.amountMinor, currency) });
    case 'free-shipping':
      return t('shop.benefitShipping');
  }
}
