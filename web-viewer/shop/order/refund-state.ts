import type { Order } from '@souk/protocol/http/buying';
import { canBecome, orderTransitions } from '@souk/protocol/states';

/** How much of an order's money went back; `none` while nothing did. */
export function refundOf({ payment, totals }: Pick<Order, 'payment' | 'totals'>): 'none' | 'part' | 'all' {
  if (payment.refundedMinor === 0) return 'none';
  return payment.refundedMinor < totals.totalMinor ? 'part' : 'all';
}

/** True once money has come in for an order, whatever became of it later: then there is a receipt. */
export function wasPaid({ payment }: Pick<Order, 'payment'>): boolean {
  return payment.status === 'succeeded' || payment.status === 'refunded';
}

/** True until the parcel leaves. A payment that is with the bank is waited for first. */
export function mayCancel({ status, payment }: Pick<Order, 'status' | 'payment'>): boolean {
  return canBecome(orderTransitions, status, 'cancelled') && payment.status !== 'processing';
}
