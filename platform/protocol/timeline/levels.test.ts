import { describe, expect, it } from 'vitest';
import { levelsSchema, mergeLevels } from './levels.ts';

describe('levels', () => {
  it('lay newer values over older ones and keep no reactions', () => {
    const older = { viewers: 2, unitsLeft: { a: 5, b: 1 }, reactions: { '🔥': 1 } };
    expect(mergeLevels(older, { unitsLeft: { a: 4 }, stock: { v: 9 }, reactions: { '🔥': 2 } })).toEqual({
      viewers: 2,
      unitsLeft: { a: 4, b: 1 },
      stock: { v: 9 },
    });
  });

  it('keep the counts that nobody named, as the very same object', () => {
    const older = { viewers: 2, unitsLeft: { a: 5 }, stock: { v: 9 } };
    const merged = mergeLevels(older, { viewers: 3 });
    expect(merged.unitsLeft).toBe(older.unitsLeft);
    expect(merged.stock).toBe(older.stock);
  });

  it('are whole numbers that are not negative', () => {
    expect(levelsSchema.safeParse({ viewers: 0, stock: { v: 3 } }).success).toBe(true);
    for (const faulty of [{ viewers: -1 }, { viewers: 1.5 }, { unitsLeft: { a: '1' } }, { likes: 1 }]) {
      expect(levelsSchema.safeParse(faulty).success).toBe(false);
    }
  });
});
