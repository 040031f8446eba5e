import { AppError } from '@souk/runtime/app-error';
import Stripe from 'stripe';

const { errors } = Stripe;
const DEFAULT_PAUSE_MS = 1_000;

/**
 * Runs a call to Stripe. Connection faults, rate limits and Stripe's own faults can be tried again: AppError
 * PAYMENT_UNAVAILABLE, with `retryAfterMs` for a rate limit. What is missing there is NOT_FOUND. The rest is a fault of
 * ours and goes on as it is. Source: https://docs.stripe.com/error-handling
 */
export async function speaking<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof errors.StripeRateLimitError)
      throw new AppError('PAYMENT_UNAVAILABLE', { cause, retryAfterMs: pauseOf(cause) });
    if (isPassing(cause)) throw new AppError('PAYMENT_UNAVAILABLE', { cause });
    if (hasCode(cause, 'resource_missing')) throw new AppError('NOT_FOUND', { cause, detail: 'at Stripe' });
    throw cause;
  }
}

function isPassing(cause: unknown): boolean {
  return (
    cause instanceof errors.StripeConnectionError ||
    cause instanceof errors.StripeAPIError ||
    // Another request with the same key has not been answered yet.
    hasCode(cause, 'idempotency_key_in_use')
  );
}

function pauseOf({ headers }: InstanceType<typeof errors.StripeRateLimitError>): number {
  const seconds = Number(headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : DEFAULT_PAUSE_MS;
}

/** True for an error of Stripe with that code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof errors.StripeError && error.code === code;
}
