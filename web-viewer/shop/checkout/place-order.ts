import type { ErrorCode } from '@souk/protocol/error-codes';
import type { Order } from '@souk/protocol/http/buying';
import type { Quote } from '@souk/protocol/http/checkout';
import { ApiError } from '../../api/api-error.ts';
import type { QuoteAnswer } from './ask-quote.ts';

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

export interface PlaceSteps {
  /** Places an order by a quote. Throws ApiError. */
  readonly place: (quote: Quote) => Promise<Order>;
  /** Asks for a quote in the place of one that is not accepted any more. Throws ApiError. */
  readonly renew: () => Promise<QuoteAnswer>;
}

/**
 * Turns a quote into an order. When the quote is not accepted any more, a new one is taken in its place, but only at
 * the same total: another total is shown first, and nothing is ordered (null). Throws ApiError.
 */
export async function placeOrder(quote: Quote, { place, renew }: PlaceSteps): Promise<Order | null> {
  try {
    return await place(quote);
  } catch (error) {
    if (!(error instanceof ApiError && quoteFaults.has(error.code))) throw error;
    const fresh = (await renew()).quote;
    return fresh.totals.totalMinor === quote.totals.totalMinor ? place(fresh) : null;
  }
}
