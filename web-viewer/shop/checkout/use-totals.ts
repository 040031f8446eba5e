import type { HoldId } from '@souk/protocol/ids';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../api/session.ts';

/** What these holds cost, sent to that country. */
export function useTotals(holdIds: readonly HoldId[], country: string) {
  return useQuery({
    queryKey: ['totals', holdIds, country],
    enabled: holdIds.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.call('checkout:totals', { body: { holdIds: [...holdIds], country } }, { signal }),
  });
}
