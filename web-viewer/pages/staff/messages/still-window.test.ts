import { describe, expect, it } from 'vitest';
import { growAtEnd, holdStill, ROWS, showNewer, showOlder } from './still-window.ts';

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);
const grow = (held: ReturnType<typeof holdStill<number>>, present: number[]) =>
  growAtEnd(held, present, String);

describe('a list that is held still', () => {
  it('keeps its rows while older ones are pushed out of the log, and keeps newer ones for below', () => {
    const held = holdStill(numbers(0, 200));
    const later = grow(held, numbers(100, 230));
    expect(later.items).toEqual(numbers(0, 230));
    expect([later.from, later.to]).toEqual([held.from, held.to]);
  });

  it('takes so many newer ones and no more', () => {
    let held = holdStill(numbers(0, 10));
    held = grow(held, numbers(0, 200));
    held = grow(held, numbers(0, 2_000));
    expect(held.items.at(-1)).toBe(1_009);
    expect(grow(held, numbers(0, 3_000))).toBe(held);
  });

  it('leaves no gap when too much came at once', () => {
    const held = holdStill(numbers(0, 10));
    expect(grow(held, numbers(500, 1_500))).toBe(held);
  });

  it('starts from nothing', () => {
    expect(grow(holdStill<number>([]), [1, 2]).items).toEqual([1, 2]);
  });

  it('draws nothing new until the reader comes near the end, and then in portions', () => {
    let held = grow(holdStill(numbers(0, 10)), numbers(0, 45));
    expect(held.to).toBe(10);
    held = showNewer(held);
    expect(held.to).toBe(30);
    held = showNewer(held);
    expect(held.to).toBe(45);
    expect(showNewer(held)).toBe(held);
  });

  it('draws older rows page by page down to the first', () => {
    const held = holdStill(numbers(0, ROWS + 10));
    const older = showOlder(held);
    expect([held.from, older.from]).toEqual([10, 0]);
    expect(showOlder(older)).toBe(older);
  });
});
