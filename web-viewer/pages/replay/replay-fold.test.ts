import { createId } from '@souk/protocol/ids';
import type { Entry } from '@souk/protocol/timeline/entries';
import { describe, expect, it } from 'vitest';
import { createReplayFold, knownEntries } from './replay-fold.ts';

const [first, second] = [createId('product'), createId('product')];
const pinned = (at: number, productId: typeof first, id = `${at}-0`): Entry => ({
  id,
  at,
  type: 'product:pinned',
  audience: 'all',
  data: { productId },
});
const chat = (at: number): Entry => ({
  id: `${at}-0`,
  at,
  type: 'chat:sent',
  audience: 'all',
  data: {
    messageId: createId('message'),
    userId: createId('user'),
    name: 'Ana',
    role: 'viewer',
    text: `${at}`,
  },
});

describe('a replay', () => {
  it('shows what was pinned at each moment, forwards and back', () => {
    const fold = createReplayFold();
    fold.add([pinned(1_000, first), pinned(2_000, second)]);
    expect(fold.at(999).pinnedProductId).toBeNull();
    expect(fold.at(1_000).pinnedProductId).toBe(first);
    expect(fold.at(5_000).pinnedProductId).toBe(second);
    expect(fold.at(1_500).pinnedProductId).toBe(first);
  });

  it('finds any moment of a long show again', () => {
    const fold = createReplayFold();
    fold.add(Array.from({ length: 2_000 }, (_, index) => chat(index + 1)));
    for (const at of [1_999, 3, 1_000, 251, 250, 249, 2_000, 1]) {
      expect(fold.at(at).chat.at(-1)?.text).toBe(String(at));
    }
  });

  it('goes on with what is loaded later', () => {
    const fold = createReplayFold();
    fold.add([pinned(1_000, first)]);
    expect(fold.at(9_000).pinnedProductId).toBe(first);
    fold.add([pinned(2_000, second)]);
    expect(fold.at(9_000).pinnedProductId).toBe(second);
  });

  it('keeps the order of the timeline where an entry names an earlier instant than the one before', () => {
    const fold = createReplayFold();
    fold.add([pinned(2_000, second, '10-0'), pinned(1_990, first, '11-0')]);
    expect(fold.at(1_995).pinnedProductId).toBeNull();
    expect(fold.at(2_000).pinnedProductId).toBe(first);
  });

  it('leaves out what it does not know', () => {
    expect(knownEntries([{ ...pinned(1, first) }, { ...pinned(2, first), type: 'stage:lit' }])).toHaveLength(
      1,
    );
  });
});
