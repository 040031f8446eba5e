import { describe, expect, it } from 'vitest';
import { hasValidCheckDigit, outcomeOfCard } from './test-cards.ts';

describe('test cards', () => {
  it('pay at once, later, or not at all', () => {
    expect(outcomeOfCard('4242424242424242')).toEqual({ kind: 'pays', afterMs: 300 });
    expect(outcomeOfCard('4000000000000341')).toEqual({ kind: 'pays', afterMs: 5_000 });
    expect(outcomeOfCard('4000000000000002')).toEqual({ kind: 'declined', declineCode: 'card_declined' });
  });

  it('that are none are declined with a reason', () => {
    expect(outcomeOfCard('4111111111111111')).toEqual({
      kind: 'declined',
      declineCode: 'test_mode_live_card',
    });
    expect(outcomeOfCard('4111111111111112')).toEqual({ kind: 'declined', declineCode: 'incorrect_number' });
    expect(hasValidCheckDigit('79927398713')).toBe(true);
  });
});
