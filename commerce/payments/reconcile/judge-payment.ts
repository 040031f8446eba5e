import type { OrderStatus } from '@souk/protocol/states';
import type { PaymentRow } from '../../orders/order-repository.ts';
import type { ListedPayment } from '../payment-gateway.ts';

/** What the house believes of a payment. */
export interface Believed {
  readonly payment: PaymentRow;
  readonly orderStatus: OrderStatus;
  /** What refunds have come to, by the house's books. */
  readonly refunds: { readonly succeededMinor: number; readonly pendingMinor: number };
}

/**
 * How the gateway's books and the house's differ.
 * `agrees`: not at all. `too-early`: a webhook may still be on its way. `stray`: an open payment that nobody may use.
 */
export type Verdict =
  | 'agrees'
  | 'too-early'
  | 'stray'
  | 'paid-not-marked'
  | 'failed-not-marked'
  | 'marked-not-paid'
  | 'charged-twice'
  | 'amount-differs'
  | 'refunded-elsewhere'
  | 'refund-missing';

const isOver: Readonly<Record<OrderStatus, boolean>> = {
  pending_payment: false,
  paid: false,
  allocated: false,
  dispatched: false,
  in_transit: false,
  delivered: false,
  returned: false,
  expired: true,
  cancelled: true,
  refunded: true,
};

const wasCharged = ({ status }: Pick<ListedPayment, 'status'>): boolean =>
  status === 'succeeded' || status === 'refunded';

/** True when this is the payment that the house knows of, not another one for the same order. */
export function isOwn({ gatewayRef }: ListedPayment, { payment }: Believed): boolean {
  return payment.gatewayRef === null || payment.gatewayRef === gatewayRef;
}

/** Compares a payment of the gateway with what the house believes. `quietBefore`: what happened later is left alone. */
export function judgePayment(listed: ListedPayment, believed: Believed, quietBefore: number): Verdict {
  return isOwn(listed, believed)
    ? judgeOwn(listed, believed, quietBefore)
    : judgeExtra(listed, believed, quietBefore);
}

function judgeExtra(listed: ListedPayment, { payment }: Believed, quietBefore: number): Verdict {
  const { status, amount, refundedMinor } = listed;
  if ((listed.chargedAt ?? listed.createdAt) > quietBefore) return 'too-early';
  if (wasCharged(listed)) {
    if (refundedMinor >= amount.amountMinor) return 'agrees';
    return wasCharged(payment) ? 'charged-twice' : 'paid-not-marked';
  }
  return status === 'cancelled' || status === 'failed' ? 'agrees' : 'stray';
}

function judgeOwn(listed: ListedPayment, believed: Believed, quietBefore: number): Verdict {
  const { payment } = believed;
  if (wasCharged(listed)) {
    if ((listed.chargedAt ?? listed.createdAt) > quietBefore) return 'too-early';
    if (!hasAmount(listed, payment)) return 'amount-differs';
    if (!wasCharged(payment)) return 'paid-not-marked';
    const verdict = judgeRefunds(listed, believed);
    return verdict !== 'agrees' && payment.updatedAt > quietBefore ? 'too-early' : verdict;
  }
  if (wasCharged(payment)) {
    const isDecided = listed.status !== 'processing' && payment.updatedAt <= quietBefore;
    return isDecided ? 'marked-not-paid' : 'too-early';
  }
  return judgeUnpaid(listed, believed, quietBefore);
}

function hasAmount({ amount }: ListedPayment, { amountMinor, currency }: PaymentRow): boolean {
  return amount.amountMinor === amountMinor && amount.currency === currency;
}

function judgeRefunds({ refundedMinor }: ListedPayment, { refunds }: Believed): Verdict {
  const { succeededMinor, pendingMinor } = refunds;
  if (refundedMinor > succeededMinor + pendingMinor) return 'refunded-elsewhere';
  return refundedMinor < succeededMinor ? 'refund-missing' : 'agrees';
}

function judgeUnpaid(
  listed: ListedPayment,
  { payment, orderStatus }: Believed,
  quietBefore: number,
): Verdict {
  const isOpenHere = payment.status === 'requires_confirmation' || payment.status === 'processing';
  const isDeadThere = listed.status === 'cancelled' || listed.status === 'failed';
  if (isDeadThere && isOpenHere && orderStatus === 'pending_payment')
    return payment.updatedAt > quietBefore ? 'too-early' : 'failed-not-marked';
  // Nobody has its secret: it was made, and its maker died before it was written down.
  if (!isDeadThere && payment.gatewayRef === null && isOver[orderStatus]) return 'stray';
  return 'agrees';
}
