import type { StripeError } from '@stripe/stripe-js';

/** What is said of a payment that did not go through: a text of ours, or Stripe's own words in the page's language. */
export type StripeFault =
  | { readonly kind: 'declined' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'said'; readonly text: string };

/** Stripe writes for buyers where the card or the form is the matter; everything else is the service's. */
export function faultOf(error: Pick<StripeError, 'type' | 'code' | 'message'>): StripeFault {
  if (error.type !== 'card_error' && error.type !== 'validation_error') return { kind: 'unavailable' };
  if (error.code === 'card_declined' || error.message === undefined) return { kind: 'declined' };
  return { kind: 'said', text: error.message };
}
