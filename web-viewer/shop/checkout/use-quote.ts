import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/session.ts';
import { askQuote, type QuoteAnswer, type QuoteWish } from './ask-quote.ts';

/** Asked a little before its end, so that the buyer always has one that is accepted. */
const RENEW_EARLY_MS = 5_000;

/** What these holds cost: asked anew when the country, the cart or the coupon changes, and before it expires. */
export function useQuote(wish: QuoteWish) {
  const client = useQueryClient();
  const queryKey = ['quote', wish.holdIds, wish.country, wish.couponCode ?? ''];
  const queryFn = ({ signal }: { signal: AbortSignal }) =>
    askQuote(api, wish, client.getQueryData<QuoteAnswer>(queryKey), signal);
  const query = useQuery({
    queryKey,
    queryFn,
    enabled: wish.holdIds.length > 0,
    placeholderData: keepPreviousData,
    staleTime: ({ state }) => spanOf(state.data) ?? 0,
    refetchInterval: ({ state }) => spanOf(state.data) ?? false,
  });
  return {
    answer: query.data,
    error: query.error,
    /** False while what is shown belongs to an older wish. */
    isCurrent: query.data !== undefined && !query.isPlaceholderData,
    /** Asks for a new one now. Throws ApiError. */
    renew: () => client.fetchQuery({ queryKey, queryFn, staleTime: 0 }),
  };
}

function spanOf(answer: QuoteAnswer | undefined): number | undefined {
  return answer === undefined ? undefined : Math.max(1_000, answer.lifetimeMs - RENEW_EARLY_MS);
}
