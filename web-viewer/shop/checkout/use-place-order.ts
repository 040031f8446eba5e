import type { ErrorCode } from '@souk/protocol/error-codes';
import type { Order } from '@souk/protocol/http/buying';
import type { Quote } from '@souk/protocol/http/checkout';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { api } from '../../api/session.ts';
import { showCart } from '../cart/cart-store.ts';
import { holdsKey } from '../cart/use-holds.ts';
import { orderKey } from '../order/use-order.ts';
import type { AddressDraft } from './address-store.ts';
import type { QuoteAnswer } from './ask-quote.ts';
import { type Attempt, attemptFor } from './attempt.ts';
import { dropCoupon } from './coupon-store.ts';

export interface Placement {
  readonly quote: Quote;
  readonly draft: AddressDraft;
  /** Asks for a quote in the place of one that is not accepted any more. */
  readonly renew: () => Promise<QuoteAnswer>;
}

/** The quote is not good any more, and nothing was ordered: a new one is the way on. */
const quoteFaults = new Set<ErrorCode>([
  'QUOTE_EXPIRED',
  'QUOTE_NOT_FOUND',
  'QUOTE_MISMATCH',
  'COUPON_NOT_VALID',
  'COUPON_USED_UP',
  'COUPON_LIMIT_REACHED',
  'COUPON_NOT_APPLICABLE',
]);

/**
 * Turns a quote into an order; its payment comes next. A repeated press sends the same Idempotency-Key, so that nothing
 * is ordered twice. When the quote has expired a new one is taken in its place, but only at the same total: another
 * total is shown first, and nothing is ordered (null).
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
    mutationFn: async ({ quote, draft, renew }: Placement): Promise<Order | null> => {
      try {
        return await place(quote, draft);
      } catch (error) {
        if (!(error instanceof ApiError && quoteFaults.has(error.code))) throw error;
        const fresh = (await renew()).quote;
        return fresh.totals.totalMinor === quote.totals.totalMinor ? place(fresh, draft) : null;
      }
    },
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
