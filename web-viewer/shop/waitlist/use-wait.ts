import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import type { SaleId, ShowId } from '@souk/protocol/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/session.ts';
import { holdsKey } from '../cart/use-holds.ts';
import { waitlistKey } from './use-waitlist.ts';

/** Gets in line for a sale that is sold out. */
export function useJoinWaitlist(showId: ShowId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (saleId: SaleId) => api.call('waitlist:join', { params: { showId, saleId } }),
    onSuccess: ({ entry }) => {
      client.setQueryData<HttpResponse<'waitlist:list'>>(waitlistKey, (known) => ({
        serverTime: known?.serverTime ?? 0,
        entries: [...(known?.entries ?? []).filter(({ saleId }) => saleId !== entry.saleId), entry],
      }));
      // What is offered at once is a hold in the cart.
      if (entry.offer !== null) void client.invalidateQueries({ queryKey: holdsKey });
    },
  });
}

/** Waits no longer; what was offered goes to the next. */
export function useLeaveWaitlist(showId: ShowId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (saleId: SaleId) => api.call('waitlist:leave', { params: { showId, saleId } }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: waitlistKey }),
        client.invalidateQueries({ queryKey: holdsKey }),
      ]),
  });
}
