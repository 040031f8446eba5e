import type { ChatFilter } from '@souk/protocol/chat';
import { hasLink } from '@souk/protocol/chat/find-link';
import { createWordMatcher } from '@souk/protocol/chat/word-matcher';

/** The rules that a text is tried against. */
export interface TryRules extends Pick<ChatFilter, 'onMatch'> {
  readonly words: readonly string[];
  /** Every message waits, whatever it says. */
  readonly isReviewed: boolean;
  readonly areLinksAllowed: boolean;
}

export interface Verdict {
  readonly outcome: 'sent' | 'held' | 'refused';
  readonly word: string | null;
  /** The word does not stand there as it is blocked: it was found in spite of how it is written. */
  readonly isDisguised: boolean;
  /** Links are off, and there is one. */
  readonly hasLink: boolean;
}

/** Makes the judge of a set of rules, by the same matcher that the hub uses. */
export function createJudge(rules: TryRules): (text: string) => Verdict {
  const matcher = createWordMatcher(rules.words);
  return (text) => {
    const word = matcher.findWord(text) ?? null;
    const isLinked = !rules.areLinksAllowed && hasLink(text);
    const isDisguised = word !== null && !text.toLowerCase().includes(word.toLowerCase());
    return { outcome: outcomeOf(rules, word, isLinked), word, isDisguised, hasLink: isLinked };
  };
}

function outcomeOf(rules: TryRules, word: string | null, isLinked: boolean): Verdict['outcome'] {
  if (isLinked || (word !== null && rules.onMatch === 'refuse')) return 'refused';
  return word !== null || rules.isReviewed ? 'held' : 'sent';
}
