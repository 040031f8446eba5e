import type { HeldCause } from '@souk/protocol/chat';
import { hasLink } from '@souk/protocol/chat/find-link';
import { createWordMatcher, type WordMatcher } from '@souk/protocol/chat/word-matcher';
import type { ShowState } from '@souk/protocol/timeline/state';
import { AppError } from '@souk/runtime/app-error';

/**
 * Looks at what somebody wants to say who is not of the staff: undefined lets it through, a cause holds it.
 * Throws AppError LINKS_NOT_ALLOWED, MESSAGE_BLOCKED.
 */
export type CheckContent = (
  state: Pick<ShowState, 'chatPolicy' | 'chatFilter'>,
  text: string,
) => HeldCause | undefined;

/** Makes the check; it compiles the words of a show when they are first needed. */
export function createContentCheck(): CheckContent {
  const compiled = new WeakMap<readonly string[], WordMatcher>();
  const matcherOf = (words: readonly string[]): WordMatcher => {
    const matcher = compiled.get(words) ?? createWordMatcher(words);
    compiled.set(words, matcher);
    return matcher;
  };
  return ({ chatPolicy, chatFilter }, text) => {
    if (!chatPolicy.linksAllowed && hasLink(text)) throw new AppError('LINKS_NOT_ALLOWED');
    const { words, onMatch, review, isHooked } = chatFilter;
    if (words.length > 0 && matcherOf(words).findWord(text) !== undefined) {
      if (onMatch === 'refuse') throw new AppError('MESSAGE_BLOCKED');
      return 'blocked-word';
    }
    // What a person has to look at, the hook may not let through.
    if (review === 'everyone') return 'review';
    return isHooked ? 'hook' : undefined;
  };
}
