import type { Order } from '@souk/protocol/http/buying';

/** `open`: another card may be tried. `final`: the order is cancelled and its units are given back. */
export type Decline = 'open' | 'final' | undefined;

/** What a declined card means for an order. `isHeard`: the show has told of it, a later state may not any more. */
export function declineOf(order: Pick<Order, 'status' | 'payment'> | undefined, isHeard: boolean): Decline {
  if (order === undefined || (!isHeard && order.payment.status !== 'failed')) return undefined;
  if (order.status === 'pending_payment') return 'open';
  return order.status === 'cancelled' ? 'final' : undefined;
}
