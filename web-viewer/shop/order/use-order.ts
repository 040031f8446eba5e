import type { Order } from '@souk/protocol/http/buying';
import type { OrderId } from '@souk/protocol/ids';
import type { OrderStatus } from '@souk/protocol/states';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api/session.ts';
import type { ShowFeed } from '../../api/show-feed.ts';

export const orderKey = (orderId: OrderId) => ['order', orderId] as const;

/** States in which the next one is near; the page then looks by itself too, in case an entry is missed. */
const MOVING = new Set<OrderStatus>(['pending_payment', 'paid', 'allocated']);
const LOOK_MS = 1_500;

/** An order that follows the show's entries. */
export function useOrder(orderId: OrderId, feed: ShowFeed) {
  const client = useQueryClient();
  const [declined, setDeclined] = useState(false);
  const query = useQuery({
    queryKey: orderKey(orderId),
    queryFn: ({ signal }) => api.call('order:get', { params: { orderId } }, { signal }),
    refetchInterval: ({ state }) => (isMoving(state.data?.order) ? LOOK_MS : false),
  });
  useEffect(
    () =>
      feed.onEntry((entry) => {
        if (entry.type !== 'order:changed' && entry.type !== 'payment:declined') return;
        if (entry.data.orderId !== orderId) return;
        if (entry.type === 'payment:declined') setDeclined(true);
        void client.invalidateQueries({ queryKey: orderKey(orderId) });
      }),
    [client, feed, orderId],
  );
  const order = query.data?.order;
  return { order, error: query.error, declined: declined || isDeclined(order) };
}

export function isMoving(order: Order | undefined): boolean {
  return order === undefined || MOVING.has(order.status);
}

/** A payment that failed ends the order: it is cancelled and its units are given back. */
export function isDeclined(order: Order | undefined): boolean {
  return order?.payment.status === 'failed';
}
