import { describe, expect, it } from 'vitest';
import { repeatKey } from './repeat-key.ts';

describe('the key of a text', () => {
  it('is the same for texts that say the same', () => {
    const keys = ['hello there', ' Hello  THERE!!! ', 'hellooooo, there…', 'héllo\u200b there'].map(
      repeatKey,
    );
    expect(new Set(keys)).toEqual(new Set(['hello there']));
  });

  it('differs for texts that say different things', () => {
    const keys = ['hello', 'hello you', 'helo', '!', '?', '🔥', '👏', '12', '21'].map(repeatKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('counts no pictures, and is never empty where there is something to see', () => {
    expect(repeatKey('🔥🔥🔥🔥')).toBe(repeatKey('🔥🔥🔥'));
    expect(repeatKey('???!')).not.toBe('');
  });
});
