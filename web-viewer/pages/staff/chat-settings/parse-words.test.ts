import { limits } from '@souk/protocol/limits';
import { describe, expect, it } from 'vitest';
import { parseWords, wordsText } from './parse-words.ts';

describe('blocked words as they are typed', () => {
  it('stand one in a line, each once, as they were written', () => {
    const { words, fault } = parseWords('  Scam \n\nfree money\nscam\n');
    expect(words).toEqual(['Scam', 'free money']);
    expect(fault).toBeUndefined();
    expect(wordsText(words)).toBe('Scam\nfree money');
  });

  it('are refused when one is too long, or when there are too many', () => {
    expect(parseWords('x'.repeat(limits.blockedWordLength + 1)).fault).toBe('too-long');
    const many = Array.from({ length: limits.blockedWords + 1 }, (_, index) => `word${index}`);
    expect(parseWords(many.join('\n')).fault).toBe('too-many');
  });
});
