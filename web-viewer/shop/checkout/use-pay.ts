import { errorTable } from '@souk/protocol/error-codes';
import type { Order, PaymentHandle } from '@souk/protocol/http/buying';
import type { HoldId } from '@souk/protocol/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { api } from '../../api/session.ts';
import { showCart } from '../cart/cart-store.ts';
import { holdsKey } from '../cart/use-holds.ts';
import { orderKey } from '../order/use-order.ts';
import type { AddressDraft } from './address-store.ts';
import { type Attempt, attemptFor } from './attempt.ts';

export interface Payment {
  readonly holdIds: readonly HoldId[];
  readonly draft: AddressDraft;
  readonly cardNumber: string;
}

/**
 * One press: the order is placed, then its payment confirmed. A repeated press sends the same Idempotency-Key,
 * so that nothing is ordered twice.
 */
export function usePay() {
  const client = useQueryClient();
  const attempt = useRef<Attempt>(undefined);
  return useMutation({
    mutationFn: async ({ holdIds, draft, cardNumber }: Payment): Promise<Order> => {
      const { email, ...address } = draft;
      const body = { holdIds: [...holdIds], address, ...(email.trim() === '' ? {} : { email }) };
      attempt.current = attemptFor(attempt.current, body);
      const { order } = await api.call('order:place', { body }, { idempotencyKey: attempt.current.key });
      client.setQueryData(orderKey(order.id), { order });
      if (order.payment.handle !== null) await confirm(order.payment.handle, cardNumber);
      return order;
    },
    onSuccess: (order) => showCart({ kind: 'order', orderId: order.id }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: holdsKey });
    },
  });
}

/** Hands the card in. That a payment is under way or done already is no failure: the order's state tells. */
async function confirm(handle: PaymentHandle, cardNumber: string): Promise<void> {
  if (handle.gateway !== 'sandbox') throw unavailableGateway();
  const { paymentId, clientSecret } = handle;
  try {
    await api.call('sandbox:confirm', { params: { paymentId }, body: { clientSecret, cardNumber } });
  } catch (error) {
    if (!(error instanceof ApiError) || !settledElsewhere.has(error.code)) throw error;
  }
}

const settledElsewhere = new Set<string>(['PAYMENT_IN_PROGRESS', 'ORDER_ALREADY_PAID', 'PAYMENT_DECLINED']);

function unavailableGateway(): ApiError {
  const { message, retryable } = errorTable.PAYMENT_UNAVAILABLE;
  return new ApiError({ code: 'PAYMENT_UNAVAILABLE', message, retryable });
}
