import type { CouponBenefit } from '@souk/protocol/coupon';
import type { Currency } from '@souk/protocol/money';
import { Dices } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { type CouponForm, generateCode } from './coupon-form.ts';

export interface CouponFieldsProps {
  form: CouponForm;
  currency: Currency;
  change: (change: Partial<CouponForm>) => void;
  errorOf: (field: string) => string | undefined;
}

/** The code and what it takes off: both are fixed once the coupon is there. */
export function BenefitFields({ form, currency, change, errorOf }: CouponFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="flex items-end gap-2 [&:has([aria-invalid])]:items-center">
        <Field
          className="flex-1"
          data-testid="coupon-code"
          label={t('coupons.code')}
          hint={t('coupons.codeHint')}
          dir="ltr"
          maxLength={32}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          value={form.code}
          error={errorOf('code')}
          onChange={(event) => change({ code: event.target.value.toUpperCase() })}
        />
        <Button variant="outline" className="mb-6.5" onClick={() => change({ code: generateCode() })}>
          <Dices aria-hidden className="size-4" />
          {t('coupons.generate')}
        </Button>
      </div>
      <Segmented<CouponBenefit['kind']>
        label={t('coupons.kind')}
        value={form.kind}
        onChange={(kind) => change({ kind })}
        options={[
          { value: 'percent', label: t('coupons.kinds.percent') },
          { value: 'amount', label: t('coupons.kinds.amount') },
          { value: 'free-shipping', label: t('coupons.kinds.free-shipping') },
        ]}
      />
      {form.kind === 'percent' && (
        <Field
          data-testid="coupon-percent"
          label={t('coupons.percent')}
          inputMode="numeric"
          suffix="%"
          value={form.percent}
          error={errorOf('benefit.percent')}
          onChange={(event) => change({ percent: event.target.value })}
        />
      )}
      {form.kind === 'amount' && (
        <Field
          data-testid="coupon-amount"
          label={t('coupons.amount')}
          inputMode="decimal"
          suffix={currency}
          value={form.amount}
          error={errorOf('benefit.amountMinor')}
          onChange={(event) => change({ amount: event.target.value })}
        />
      )}
    </>
  );
}
