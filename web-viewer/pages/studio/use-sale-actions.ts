import type { SaleId, ShowId } from '@souk/protocol/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '../../api/session.ts';
import { type Attempt, attemptFor } from '../../shop/checkout/attempt.ts';

/** What a host can do about a sale. A press that is sent twice counts once; the outcome comes by the timeline. */
export function useSaleActions(showId: ShowId, saleId: SaleId) {
  const client = useQueryClient();
  const attempt = useRef<Attempt>(undefined);
  const params = { showId, saleId };
  const keyOf = (wish: unknown): string => {
    attempt.current = attemptFor(attempt.current, wish);
    return attempt.current.key;
  };
  const onSuccess = () => {
    attempt.current = undefined;
    return client.invalidateQueries({ queryKey: ['sales', showId] });
  };
  const extend = useMutation({
    mutationFn: (seconds: number) =>
      api.call('sale:extend', { params, body: { seconds } }, { idempotencyKey: keyOf({ seconds }) }),
    onSuccess,
  });
  const restock = useMutation({
    mutationFn: (units: number) =>
      api.call('sale:restock', { params, body: { units } }, { idempotencyKey: keyOf({ units }) }),
    onSuccess,
  });
  const stop = useMutation({ mutationFn: () => api.call('sale:stop', { params, body: {} }), onSuccess });
  return { extend, restock, stop };
}
