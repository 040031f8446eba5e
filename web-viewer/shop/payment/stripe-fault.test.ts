import { expect, it } from 'vitest';
import { faultOf } from './stripe-fault.ts';

it('has words of its own for a card that was declined', () => {
  const error = { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' } as const;
  expect(faultOf(error)).toEqual({ kind: 'declined' });
});

it("takes Stripe's words for what the buyer can mend in the form", () => {
  const error = { type: 'card_error', code: 'expired_card', message: 'Your card has expired.' } as const;
  expect(faultOf(error)).toEqual({ kind: 'said', text: 'Your card has expired.' });
});

it('calls everything else a fault of the service', () => {
  expect(faultOf({ type: 'api_error', message: 'Internal: x-19' })).toEqual({ kind: 'unavailable' });
});
