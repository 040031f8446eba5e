import { limits } from '@souk/protocol/limits';

/** Blocked words as they are typed: one in a line. */
export function wordsText(words: readonly string[]): string {
  return words.join('\n');
}

export type WordsFault = 'too-long' | 'too-many';

export interface ParsedWords {
  readonly words: readonly string[];
  readonly fault?: WordsFault;
}

/** Reads blocked words, one in a line; empty lines and what stands there twice are left out. */
export function parseWords(text: string): ParsedWords {
  const byLower = new Map<string, string>();
  for (const line of text.split('\n')) {
    const word = line.trim();
    if (word !== '' && !byLower.has(word.toLowerCase())) byLower.set(word.toLowerCase(), word);
  }
  const words = [...byLower.values()];
  if (words.some((word) => word.length > limits.blockedWordLength)) return { words, fault: 'too-long' };
  return words.length > limits.blockedWords ? { words, fault: 'too-many' } : { words };
}
