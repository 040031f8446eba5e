/** What the sandbox does with a card. */
export type CardOutcome =
  | {
      readonly kind: 'pays';
      readonly afterMs: number;
      /** The buyer's bank takes the money back afterwards. */
      readonly isDisputed?: boolean;
    }
  | { readonly kind: 'declined'; readonly declineCode: string };

const USUAL_DELAY_MS = 300;

const cards: Readonly<Record<string, CardOutcome>> = {
  '4242424242424242': { kind: 'pays', afterMs: USUAL_DELAY_MS },
  '4000000000000341': { kind: 'pays', afterMs: 5_000 },
  '4000000000000259': { kind: 'pays', afterMs: USUAL_DELAY_MS, isDisputed: true },
  '4000000000000002': { kind: 'declined', declineCode: 'card_declined' },
};

/** The outcome of a card number (digits only). Numbers that are no test cards are declined, and say why. */
export function outcomeOfCard(cardNumber: string): CardOutcome {
  const known = cards[cardNumber];
  if (known !== undefined) return known;
  return {
    kind: 'declined',
    declineCode: hasValidCheckDigit(cardNumber) ? 'test_mode_live_card' : 'incorrect_number',
  };
}

/** The check digit of card numbers (Luhn). Source: ISO/IEC 7812-1, annex B. */
export function hasValidCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
