const unseen = /[\p{DI}\p{M}]/gu;
const between = /[\p{White_Space}\p{P}]+/gu;
const threeOrMore = /(.)\1{2,}/gsu;

/**
 * What two messages have in common that say the same: `Hellooo!!!` and ` hello ` have one key. Pure. Case, accents,
 * punctuation, spaces and letters drawn out make no difference; a text of punctuation alone is its own key.
 */
export function repeatKey(text: string): string {
  const folded = text.normalize('NFKD').replace(unseen, '').toLowerCase();
  const words = folded.replace(between, ' ').trim();
  return (words === '' ? folded.replace(/\s+/gu, ' ').trim() : words).replace(threeOrMore, '$1');
}
