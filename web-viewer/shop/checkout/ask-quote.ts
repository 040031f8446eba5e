import type { ErrorCode } from '@souk/protocol/error-codes';
import type { Quote } from '@souk/protocol/http/checkout';
import type { HoldId } from '@souk/protocol/ids';
import type { Api } from '../../api/api-client.ts';
import { ApiError } from '../../api/api-error.ts';

/** What is to be bought, where it goes, and with which coupon. */
export interface QuoteWish {
  readonly holdIds: readonly HoldId[];
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly couponCode: string | undefined;
}

export interface QuoteAnswer {
  readonly quote: Quote;
  /** How long the quote was good for when it came. */
  readonly lifetimeMs: number;
  /** Why the coupon of the wish is not in the quote; null when it is, or none was wished. */
  readonly couponRefusal: ErrorCode | null;
  /** The total of the quote before this one, where that was another; minor units. */
  readonly changedFromMinor: number | null;
}

const couponRefusals = new Set<ErrorCode>([
  'COUPON_NOT_FOUND',
  'COUPON_NOT_VALID',
  'COUPON_USED_UP',
  'COUPON_LIMIT_REACHED',
  'COUPON_NOT_APPLICABLE',
]);

/**
 * Asks what a cart costs. A coupon that is refused spoils nothing: the quote is asked without it, and tells why.
 * `before` is the answer that this one takes the place of. Throws ApiError.
 */
export async function askQuote(
  api: Api,
  wish: QuoteWish,
  before: QuoteAnswer | undefined,
  signal?: AbortSignal,
): Promise<QuoteAnswer> {
  const { couponCode } = wish;
  try {
    return compare(await ask(api, wish, signal), null, before);
  } catch (error) {
    const isRefusal = error instanceof ApiError && couponRefusals.has(error.code);
    if (couponCode === undefined || !isRefusal) throw error;
    return compare(await ask(api, { ...wish, couponCode: undefined }, signal), error.code, before);
  }
}

function ask(api: Api, { holdIds, country, couponCode }: QuoteWish, signal: AbortSignal | undefined) {
  const body = { holdIds: [...holdIds], country, ...(couponCode === undefined ? {} : { couponCode }) };
  return api.call('quote:create', { body }, signal === undefined ? {} : { signal });
}

function compare(
  { quote, serverTime }: { quote: Quote; serverTime: number },
  couponRefusal: ErrorCode | null,
  before: QuoteAnswer | undefined,
): QuoteAnswer {
  const former = before?.quote.totals.totalMinor;
  const isOther = former !== undefined && former !== quote.totals.totalMinor;
  return {
    quote,
    lifetimeMs: Math.max(0, quote.expiresAt - serverTime),
    couponRefusal,
    changedFromMinor: isOther ? former : null,
  };
}
