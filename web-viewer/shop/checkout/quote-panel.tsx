import { CouponField } from './coupon-field.tsx';
import { Totals } from './totals.tsx';
import type { CheckoutQuote } from './use-checkout-quote.ts';

/** The coupon and what everything comes to with it. */
export function QuotePanel({ quote }: { quote: CheckoutQuote }) {
  const { answer, isCurrent, merchantId, couponCode } = quote;
  return (
    <>
      {merchantId !== undefined && (
        <CouponField
          merchantId={merchantId}
          code={couponCode}
          refusal={isCurrent ? (answer?.couponRefusal ?? null) : null}
          isAsking={!isCurrent}
        />
      )}
      <Totals
        totals={answer?.quote.totals}
        couponCode={answer?.quote.coupon?.code}
        isStale={!isCurrent && answer !== undefined}
      />
    </>
  );
}
