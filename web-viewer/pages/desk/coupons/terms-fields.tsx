import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/field.tsx';
import type { CouponFieldsProps } from './benefit-fields.tsx';

/** Who may use a coupon, when, how often, and how much it may take off in all. */
export function TermsFields({ form, currency, change, errorOf }: CouponFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field
        className="sm:col-span-2"
        data-testid="coupon-title"
        label={t('coupons.title')}
        hint={t('coupons.titleHint')}
        maxLength={80}
        value={form.title}
        error={errorOf('title')}
        onChange={(event) => change({ title: event.target.value })}
      />
      <Field
        data-testid="coupon-per-buyer"
        label={t('coupons.perBuyer')}
        inputMode="numeric"
        value={form.perBuyerLimit}
        error={errorOf('perBuyerLimit')}
        onChange={(event) => change({ perBuyerLimit: event.target.value })}
      />
      <Field
        label={t('coupons.minItems')}
        inputMode="decimal"
        suffix={currency}
        placeholder="0"
        value={form.minItems}
        error={errorOf('minItemsMinor')}
        onChange={(event) => change({ minItems: event.target.value })}
      />
      <Field
        data-testid="coupon-max"
        label={t('coupons.maxRedemptions')}
        inputMode="numeric"
        placeholder={t('coupons.noBound')}
        value={form.maxRedemptions}
        error={errorOf('maxRedemptions')}
        onChange={(event) => change({ maxRedemptions: event.target.value })}
      />
      <Field
        data-testid="coupon-budget"
        label={t('coupons.budget')}
        inputMode="decimal"
        suffix={currency}
        placeholder={t('coupons.noBound')}
        value={form.budget}
        error={errorOf('budgetMinor')}
        onChange={(event) => change({ budget: event.target.value })}
      />
      <Field
        label={t('coupons.startsAt')}
        hint={t('coupons.startsAtHint')}
        type="datetime-local"
        value={form.startsAt}
        error={errorOf('startsAt')}
        onChange={(event) => change({ startsAt: event.target.value })}
      />
      <Field
        label={t('coupons.endsAt')}
        hint={t('coupons.endsAtHint')}
        type="datetime-local"
        value={form.endsAt}
        error={errorOf('endsAt')}
        onChange={(event) => change({ endsAt: event.target.value })}
      />
    </div>
  );
}
