import { couponCodeSchema } from '@souk/protocol/coupon';
import type { ErrorCode } from '@souk/protocol/error-codes';
import type { MerchantId } from '@souk/protocol/ids';
import { TicketPercent, X } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { inputClass } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { dropCoupon, keepCoupon } from './coupon-store.ts';

export interface CouponFieldProps {
  merchantId: MerchantId;
  /** The code that is kept for this checkout. */
  code: string | undefined;
  /** Why the kept code is not in the quote; null when it is, or that is not known yet. */
  refusal: ErrorCode | null;
  /** The quote with this code is on its way. */
  isAsking: boolean;
}

/** One code at a time: typed in, taken from the show, or taken off again. A refusal is said under it. */
export function CouponField({ merchantId, code, refusal, isAsking }: CouponFieldProps) {
  const { t } = useTranslation();
  const noteId = useId();
  const [typed, setTyped] = useState('');
  const [isOdd, setIsOdd] = useState(false);
  if (code !== undefined && refusal === null) {
    return (
      <p
        data-testid="coupon-applied"
        aria-busy={isAsking || undefined}
        className="flex items-center gap-3 rounded-small bg-success-soft ps-3 text-sm text-success-text aria-busy:animate-shimmer"
      >
        <TicketPercent aria-hidden className="size-5 shrink-0" />
        <span className="min-w-0 flex-1 py-2.5 font-semibold break-all">
          <bdi>{code}</bdi>
        </span>
        <IconButton label={t('shop.couponRemove')} icon={<X className="size-4" />} onClick={dropCoupon} />
      </p>
    );
  }
  const apply = () => {
    const parsed = couponCodeSchema.safeParse(typed);
    setIsOdd(!parsed.success);
    if (parsed.success) keepCoupon({ merchantId, code: parsed.data });
  };
  const change = (text: string) => {
    setTyped(text);
    setIsOdd(false);
    if (code !== undefined) dropCoupon();
  };
  // It stands within the form of the checkout: Enter here applies the code, it does not order.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    apply();
  };
  const fault = isOdd ? 'COUPON_NOT_FOUND' : refusal;
  const shown = code !== undefined && typed === '' ? code : typed;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex gap-2">
        <input
          aria-label={t('shop.couponCode')}
          aria-invalid={fault === null ? undefined : true}
          aria-describedby={fault === null ? undefined : noteId}
          placeholder={t('shop.couponCode')}
          data-testid="coupon-code"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          dir="auto"
          className={`${inputClass} min-w-0 flex-1`}
          value={shown}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Button
          variant="outline"
          data-testid="coupon-apply"
          disabled={typed.trim() === ''}
          busy={isAsking && code !== undefined}
          onClick={apply}
        >
          {t('shop.couponApply')}
        </Button>
      </div>
      {fault !== null && (
        <p
          id={noteId}
          role="alert"
          data-testid="coupon-refusal"
          data-code={fault}
          className="text-sm text-danger-text"
        >
          {t(`errors.${fault}`)}
        </p>
      )}
    </div>
  );
}
