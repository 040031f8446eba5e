import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

const draw = (seed: number | string) => Array.from({ length: 5 }, createRandom(seed).next);

describe('a seeded generator', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw('shop/7')).toEqual(draw('shop/7'));
    expect(draw('shop/7')).not.toEqual(draw('shop/8'));
  });

  it('forks by the name, however much was drawn before', () => {
    const random = createRandom(7);
    const early = random.fork('crowd').next();
    random.next();
    expect(random.fork('crowd').next()).toBe(early);
    expect(random.fork('shop').next()).not.toBe(early);
  });

  it('keeps within the bounds, and reaches both', () => {
    const random = createRandom(1);
    const drawn = Array.from({ length: 300 }, () => random.between(-1, 2));
    expect([...new Set(drawn)].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
  });

  it('loses nothing when it shuffles, and has nothing to pick from nothing', () => {
    const random = createRandom(1);
    expect(random.shuffle([1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4]);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
