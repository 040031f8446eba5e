import { z } from 'zod';

interface ErrorSpec {
  /** HTTP status of the answer (RFC 9110). */
  readonly status: number;
  /** True when the same request may succeed later without a change. */
  readonly retryable: boolean;
  /** For people who read logs and API answers; pages have their own texts by code. */
  readonly message: string;
}

/** The one table of errors. Every transport maps from here; docs and pages are tested against it. */
export const errorTable = {
  INVALID_INPUT: { status: 400, retryable: false, message: 'The input does not fit the schema.' },
  INVALID_PRICE: { status: 400, retryable: false, message: 'A price must be greater than zero.' },
  INVALID_TRANSITION: {
    status: 409,
    retryable: false,
    message: 'That is not possible in the present state.',
  },
  INVALID_WEBHOOK_SIGNATURE: {
    status: 400,
    retryable: false,
    message: 'The signature of the webhook does not fit.',
  },
  IDEMPOTENCY_KEY_REQUIRED: {
    status: 400,
    retryable: false,
    message: 'The header Idempotency-Key is missing.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    retryable: false,
    message: 'This Idempotency-Key was used with another body.',
  },
  UNAUTHENTICATED: { status: 401, retryable: false, message: 'Log in first.' },
  INVALID_CREDENTIALS: { status: 401, retryable: false, message: 'E-mail or password is wrong.' },
  TOKEN_EXPIRED: { status: 401, retryable: true, message: 'The token has expired. Get a new one.' },
  FORBIDDEN: { status: 403, retryable: false, message: 'Your role does not allow that.' },
  GUESTS_NOT_ALLOWED: { status: 403, retryable: false, message: 'This shop asks guests to log in for that.' },
  ORIGIN_NOT_ALLOWED: { status: 403, retryable: false, message: 'Requests from this origin are refused.' },
  MUTED: { status: 403, retryable: false, message: 'You are muted in this show for now.' },
  BANNED: { status: 403, retryable: false, message: 'You are banned here.' },
  FOLLOWERS_ONLY: { status: 403, retryable: false, message: 'Only followers of this shop may chat here.' },
  BUYERS_ONLY: { status: 403, retryable: false, message: 'Only buyers of this shop may chat here.' },
  LINKS_NOT_ALLOWED: { status: 422, retryable: false, message: 'This chat allows no links.' },
  MESSAGE_BLOCKED: {
    status: 422,
    retryable: false,
    message: 'This message has a word that is blocked here.',
  },
  SLOW_MODE: { status: 429, retryable: true, message: 'Slow mode: wait a moment before the next message.' },
  TOO_MANY_CONNECTIONS: {
    status: 429,
    retryable: true,
    message: 'Too many connections of one person or one address.',
  },
  REPORT_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such report.' },
  NOT_FOUND: { status: 404, retryable: false, message: 'There is no such thing.' },
  SHOW_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such show.' },
  PRODUCT_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such product.' },
  VARIANT_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such variant.' },
  SALE_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such sale.' },
  ORDER_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such order.' },
  HOLD_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such hold.' },
  MESSAGE_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such message.' },
  COUPON_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such coupon.' },
  QUOTE_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such quote.' },
  PICTURE_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such picture.' },
  IMPORT_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such import.' },
  RECORDING_NOT_FOUND: { status: 404, retryable: false, message: 'There is no recording of this show.' },
  STREAM_KEY_NOT_FOUND: { status: 404, retryable: false, message: 'This show has no stream key.' },
  MERCHANT_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such shop.' },
  USER_NOT_FOUND: { status: 404, retryable: false, message: 'There is no such user.' },
  MEDIA_SESSION_NOT_FOUND: {
    status: 404,
    retryable: true,
    message: 'There is no such media session. Join again.',
  },
  METHOD_NOT_ALLOWED: { status: 405, retryable: false, message: 'This method is not offered here.' },
  EMAIL_TAKEN: { status: 409, retryable: false, message: 'There is an account with this e-mail already.' },
  SKU_TAKEN: { status: 409, retryable: false, message: 'Another variant has this SKU.' },
  COUPON_CODE_TAKEN: { status: 409, retryable: false, message: 'Another coupon has this code.' },
  INVALID_BUNDLE: {
    status: 409,
    retryable: false,
    message: 'A bundle is made of other variants of the same shop, and of no other bundle.',
  },
  SHOW_NOT_LIVE: { status: 409, retryable: false, message: 'The show is not on air.' },
  SHOW_ENDED: { status: 409, retryable: false, message: 'The show has ended.' },
  STREAM_NOT_PUBLISHED: { status: 409, retryable: true, message: 'Nothing is published in this show yet.' },
  ALREADY_PUBLISHING: { status: 409, retryable: false, message: 'Another page is publishing in this show.' },
  PRODUCT_NOT_IN_LINEUP: {
    status: 409,
    retryable: false,
    message: 'The product is not in the line-up of this show.',
  },
  INSUFFICIENT_STOCK: { status: 409, retryable: false, message: 'There are not that many units in stock.' },
  SALE_ALREADY_RUNNING: {
    status: 409,
    retryable: false,
    message: 'A sale of this variant is running in this show already.',
  },
  SALE_NOT_OPEN: { status: 409, retryable: false, message: 'The sale has not begun or is over.' },
  SALE_TOO_LONG: { status: 409, retryable: false, message: 'A sale lasts an hour at most.' },
  NOT_SOLD_OUT: {
    status: 409,
    retryable: true,
    message: 'There are units left: buy one instead of waiting.',
  },
  WAITLIST_FULL: { status: 409, retryable: true, message: 'The waitlist of this sale is full.' },
  SOLD_OUT: { status: 409, retryable: true, message: 'Sold out.' },
  BUYER_LIMIT_REACHED: { status: 409, retryable: false, message: 'You have reached the limit per buyer.' },
  HOLD_LIMIT_REACHED: {
    status: 409,
    retryable: false,
    message: 'You hold as much as one person may. Order it, or give some of it back.',
  },
  HOLD_LOST: { status: 409, retryable: false, message: 'Your hold is gone. You were not charged.' },
  HOLD_EXPIRED: { status: 409, retryable: false, message: 'Your hold has expired.' },
  MIXED_CART: { status: 409, retryable: false, message: 'A cart holds products of one merchant.' },
  COUPON_NOT_VALID: { status: 409, retryable: false, message: 'This coupon is not valid now.' },
  COUPON_USED_UP: { status: 409, retryable: false, message: 'This coupon is used up.' },
  COUPON_LIMIT_REACHED: {
    status: 409,
    retryable: false,
    message: 'You have used this coupon as often as its limit allows.',
  },
  COUPON_NOT_APPLICABLE: {
    status: 409,
    retryable: false,
    message: 'This coupon does not apply to anything in the cart.',
  },
  QUOTE_EXPIRED: { status: 409, retryable: false, message: 'The quote has expired. Ask for a new one.' },
  QUOTE_MISMATCH: {
    status: 409,
    retryable: false,
    message: 'The quote was made for another country. Ask for a new one.',
  },
  ORDER_ALREADY_PAID: { status: 409, retryable: false, message: 'This order is paid already.' },
  PAYMENT_IN_PROGRESS: { status: 409, retryable: true, message: 'A payment of this order is under way.' },
  PAYMENT_DECLINED: { status: 402, retryable: true, message: 'The card was declined.' },
  PAYMENT_UNAVAILABLE: { status: 502, retryable: true, message: 'The payment service does not answer.' },
  REFUND_EXCEEDS_PAYMENT: { status: 409, retryable: false, message: 'That is more than what was paid.' },
  PAYOUTS_NOT_READY: {
    status: 409,
    retryable: false,
    message: 'This shop cannot take payments yet: its payout account is not ready.',
  },
  CARRIER_UNAVAILABLE: { status: 502, retryable: true, message: 'The carrier does not answer.' },
  INVALID_SDP: { status: 400, retryable: false, message: 'The media description cannot be understood.' },
  NO_COMMON_CODEC: { status: 406, retryable: false, message: 'There is no codec that both sides know.' },
  PRECONDITION_FAILED: {
    status: 412,
    retryable: false,
    message: 'The connection has changed meanwhile: If-Match names an older one.',
  },
  PRECONDITION_REQUIRED: { status: 428, retryable: false, message: 'This request needs an If-Match header.' },
  PAYLOAD_TOO_LARGE: { status: 413, retryable: false, message: 'The payload is too large.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, retryable: false, message: 'This content type is not accepted.' },
  UNKNOWN_COMMAND: { status: 404, retryable: false, message: 'There is no such command.' },
  RATE_LIMITED: { status: 429, retryable: true, message: 'Too fast. Wait a moment.' },
  OVERLOADED: { status: 503, retryable: true, message: 'The server is full right now. Try again soon.' },
  UNAVAILABLE: {
    status: 503,
    retryable: true,
    message: 'A part of the server is not ready. Try again soon.',
  },
  INTERNAL: { status: 500, retryable: true, message: 'Something went wrong on our side.' },
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof errorTable;

export const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];
export const errorCodeSchema = z.enum(errorCodes);

export const errorBodySchema = z.strictObject({
  code: errorCodeSchema,
  message: z.string(),
  retryable: z.boolean(),
  /** Which fields are wrong and why; only with INVALID_INPUT. */
  issues: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  /** When to try again; only with RATE_LIMITED, OVERLOADED, MUTED, SLOW_MODE and TOO_MANY_CONNECTIONS. */
  retryAfterMs: z.int().min(0).optional(),
});
/** An error as every transport sends it. HTTP wraps it in `{ ok: false, error }`. */
export type ErrorBody = z.infer<typeof errorBodySchema>;

export const errorAnswerSchema = z.strictObject({ ok: z.literal(false), error: errorBodySchema });
