import { createId } from '@souk/protocol/ids';
import { describe, expect, it } from 'vitest';
import { neighbourOf } from './neighbour-of.ts';

const chat = [1, 2, 3].map(() => ({ messageId: createId('message') }));
const [first, second, third] = chat.map(({ messageId }) => messageId);

describe('moving through the feed by keys', () => {
  it('begins at the newest message', () => {
    expect(neighbourOf(chat, undefined, 1)).toBe(third);
    expect(neighbourOf([], undefined, 1)).toBeUndefined();
  });

  it('goes to the next and the one before, and stays at the ends', () => {
    expect(neighbourOf(chat, first, 1)).toBe(second);
    expect(neighbourOf(chat, third, 1)).toBe(third);
    expect(neighbourOf(chat, first, -1)).toBe(first);
  });
});
