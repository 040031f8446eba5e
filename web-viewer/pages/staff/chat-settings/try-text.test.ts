import { describe, expect, it } from 'vitest';
import { createJudge, type TryRules } from './try-text.ts';

const rules: TryRules = { words: ['scam'], onMatch: 'refuse', isReviewed: false, areLinksAllowed: true };
const judge = (text: string, change: Partial<TryRules> = {}) => createJudge({ ...rules, ...change })(text);

describe('trying the rules of a chat', () => {
  it('lets through what has no blocked word', () => {
    expect(judge('a nice scarf')).toEqual({
      outcome: 'sent',
      word: null,
      isDisguised: false,
      hasLink: false,
    });
  });

  it('names the word, and says when it was disguised', () => {
    expect(judge('This is a SCAM!')).toMatchObject({ outcome: 'refused', word: 'scam', isDisguised: false });
    expect(judge('s c 4 m')).toMatchObject({ outcome: 'refused', word: 'scam', isDisguised: true });
  });

  it('holds where the rules say hold, and refuses links where they are off', () => {
    expect(judge('scam', { onMatch: 'hold' }).outcome).toBe('held');
    expect(judge('a nice scarf', { isReviewed: true }).outcome).toBe('held');
    expect(judge('see example.com', { areLinksAllowed: false, onMatch: 'hold' }).outcome).toBe('refused');
  });
});
