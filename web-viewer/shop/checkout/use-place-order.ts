import type { Order } from '@souk/protocol/http/buying';
import type { Quote } from '@souk/protocol/http/checkout';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '../../api/session.ts';
import { showCart } from '../cart/cart-store.ts';
import { holdsKey } from '../cart/use-holds.ts';
import { orderKey } from '../order/use-order.ts';
import type { AddressDraft } from './address-store.ts';
import { type Attempt, attemptFor } from './attempt.ts';
import { dropCoupon } from './coupon-store.ts';
import { type PlaceSteps, placeOrder } from './place-order.ts';

export interface Placement extends Pick<PlaceSteps, 'renew'> {
  readonly quote: Quote;
  readonly draft: AddressDraft;
}

/**
 * Orders what was quoted; the payment comes next. A repeated press sends the same Idempotency-Key, so that nothing is
 * ordered twice.
 */
export function usePlaceOrder() {
  const client = useQueryClient();
  const attempt = useRef<Attempt>(undefined);

  async function place(quote: Quote, { email, ...address }: AddressDraft): Promise<Order> {
    const body = { quoteId: quote.id, address, ...(email.trim() === '' ? {} : { email }) };
    attempt.current = attemptFor(attempt.current, body);
    const { order } = await api.call('order:place', { body }, { idempotencyKey: attempt.current.key });
    return order;
  }

  return useMutation({
    mutationFn: ({ quote, draft, renew }: Placement) =>
      placeOrder(quote, { place: (accepted) => place(accepted, draft), renew }),
    onSuccess: (order) => {
      if (order === null) return;
      client.setQueryData(orderKey(order.id), { order });
      if (order.couponCode !== null) dropCoupon();
      showCart({ kind: 'order', orderId: order.id });
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: holdsKey });
    },
  });
}
