import { createId } from '@souk/protocol/ids';
import { createEntry, type Entry } from '@souk/protocol/timeline/entries';
import { describe, expect, it } from 'vitest';
import { addMark, addPoint, emptySeries } from './audience-series.ts';

const pinned: Entry = {
  ...createEntry('product:pinned', 5_000, { productId: createId('product') }),
  id: '5000-0',
} as Entry;

describe('the curve of the audience', () => {
  it('grows by points in seconds', () => {
    const series = addPoint(addPoint(emptySeries, 1_000, 3), 3_000, 5);
    expect(series).toMatchObject({ seconds: [1, 3], viewers: [3, 5] });
  });

  it('marks pins, and forgets marks that have left the curve', () => {
    let series = addMark(addPoint(emptySeries, 1_000, 3), pinned);
    expect(series.marks).toEqual([{ at: 5_000, kind: 'pin' }]);
    for (let point = 0; point < 1_800; point += 1) series = addPoint(series, 10_000 + point * 2_000, 1);
    expect(series.marks).toEqual([]);
    expect(series.seconds).toHaveLength(1_800);
  });
});
