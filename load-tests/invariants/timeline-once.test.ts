import { createId } from '@souk/protocol/ids';
import { createEntry, type Entry } from '@souk/protocol/timeline/entries';
import { describe, expect, it } from 'vitest';
import { findRepeats } from './timeline-once.ts';

const orderId = createId('order');
const declined = (id: string, at: number): Entry => ({
  ...createEntry('payment:declined', at, { orderId }, createId('user')),
  id,
});

describe('facts that are told again', () => {
  it('are no declines of one card after another', () => {
    expect(findRepeats([declined('1-0', 1_000), declined('2-0', 4_000)])).toEqual([]);
  });

  it('are the same decline delivered twice', () => {
    expect(findRepeats([declined('1-0', 1_000), declined('2-0', 1_000)])).toEqual([
      `payment:declined ${orderId} at 1000`,
    ]);
  });
});
